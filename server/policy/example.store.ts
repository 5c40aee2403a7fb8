import { sql } from 'kysely'
import type { AskedExample, Expectation, PolicyExample } from '#kernel/policy/run-example.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'

export type StoredExample = PolicyExample & {
  readonly id: string
  readonly name: string
  readonly partyId: string | null
  readonly createdBy: string
  readonly createdAt: string
}

const columns = sql`id, kind, name, given, expected, taken_from_id as "partyId",
  created_by as "createdBy", created_at as "createdAt"`

/** Of one kind, or all. */
export function listExamples(db: Reader, kind: string | null): Promise<StoredExample[]> {
  return db.rows(sql<StoredExample>`
    select ${columns} from policy.example
    where ${kind}::text is null or kind = ${kind} order by kind, name`)
}

export function findExample(db: Reader, id: string): Promise<StoredExample | undefined> {
  return db.row(sql<StoredExample>`select ${columns} from policy.example where id = ${id}`)
}

export async function insertExample(
  tx: Transaction,
  of: AskedExample & {
    readonly id: string
    readonly name: string
    readonly expected: Expectation
    readonly partyId: string | null
    readonly createdBy: string
  },
): Promise<boolean> {
  const added = await tx.run(sql`
    insert into policy.example (id, kind, name, given, expected, taken_from_id, created_by)
    values (${of.id}, ${of.kind}, ${of.name}, ${JSON.stringify(of.given)},
      ${JSON.stringify(of.expected)}, ${of.partyId}, ${of.createdBy})
    on conflict (kind, name) do nothing`)
  return added === 1
}

export async function deleteExample(tx: Transaction, id: string): Promise<void> {
  await tx.run(sql`delete from policy.example where id = ${id}`)
}
