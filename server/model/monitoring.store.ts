import { sql } from 'kysely'
import type { Monitoring } from '#contract/monitoring.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'

export async function insertMonitoring(
  tx: Transaction,
  id: string,
  result: Monitoring,
): Promise<void> {
  await tx.run(sql`
    insert into model.monitoring (id, as_of_on, result)
    values (${id}, ${result.asOf}, ${JSON.stringify(result)})`)
}

export async function latestMonitorings(db: Reader, most: number): Promise<Monitoring[]> {
  const rows = await db.rows(sql<{ result: Monitoring }>`
    select result from model.monitoring order by as_of_on desc, recorded_at desc limit ${most}`)
  return rows.map(({ result }) => result)
}
