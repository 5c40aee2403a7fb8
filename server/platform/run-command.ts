import { sql } from 'kysely'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Permission } from '#contract/role.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { announce, type Change } from '#server/platform/announce.ts'
import { type Authority, lackOfAuthority } from '#server/platform/authority.ts'
import type { Database, Transaction } from '#server/platform/database.ts'
import { claimKeys, inputHashOf, keepReplies } from '#server/platform/idempotency.ts'
import { newId } from '#server/platform/ids.ts'

/** Who acts: a person signed in, an API key, the operator at the command line, or the clock. */
export type Actor = Authority & {
  readonly kind: 'person' | 'key' | 'operator' | 'system'
  readonly id: string
  readonly name: string
  /** Whose parties they see; everybody's where it is not told. */
  readonly scope?: PartyScope
}

/** Parties that one of these people sells to or one of these departments looks after. */
export type PartyScope = {
  /** Names and logins as files may bear them; the first is written where none is told. */
  readonly salespeople: readonly string[]
  /** Names and paths of departments, the own one first; empty where only own customers are seen. */
  readonly departments: readonly string[]
  /** How many they are, counted no further than tells how to find their rows; told for each request. */
  readonly count?: number
}

/** What a use case is called with, whatever called it: a request, a job, the command line. */
export type Context = {
  readonly db: Database
  readonly actor: Actor
  /** The company's day, told once per request so that nothing below asks a clock. */
  readonly today: Day
  readonly requestId?: string
  readonly idempotencyKey?: string
  /** Do everything, tell the outcome, keep nothing. */
  readonly dryRun?: boolean
}

export type Command = {
  /** Room and verb in the past tense of the trade: `party.create`. */
  readonly name: string
  readonly permission: Permission
  /** What was asked, without secrets: hashed for idempotency, kept for people to read. */
  readonly input: Canonical
  /** The id of what the command is about. */
  readonly subject?: string
  /** The answer holds a secret that is shown once: it is not kept for a repeated key. */
  readonly secretReply?: boolean
  /** Runs on a connection that takes several questions at once, and no COPY. */
  readonly pipelined?: boolean
}

export type CommandTransaction = Transaction & {
  /** The audit entry of this command. */
  readonly entryId: string
  /** Tells other parts and the outside what happened, in this transaction. */
  emit(event: { kind: string; partyId?: string; facts: Canonical }): Promise<void>
  /** Has open pages hear of a change that is no event, once this transaction is committed. */
  announce(change: Change): void
  /**
   * Queues work that runs after this transaction is committed, and only then: the `task` of a kind
   * of job. What shares a `queue` runs one after another; of what shares a `key` only the latest
   * waits. It runs at once, or not before `runAt`.
   */
  enqueue(
    task: string,
    payload: Canonical,
    options?: { queue?: string; key?: string; runAt?: string },
  ): Promise<void>
}

const attempts = 6

/**
 * The one way to write. It checks authority, gives a repeated key its first reply, runs the work in
 * one transaction with its audit entry, events and jobs, keeps nothing when the work refuses, fails
 * or is a dry run, and tries again when the database found two transactions in each other's way.
 */
export async function runCommand<Result>(
  context: Context,
  command: Command,
  work: (tx: CommandTransaction) => Promise<Result | Refusal>,
): Promise<Result | Refusal> {
  const lack = lackOfAuthority(context.actor, command.permission, command.name)
  if (lack) return { refused: lack }
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(context, command, work)
    } catch (error) {
      if (error instanceof Undone) return error.answer as Result | Refusal
      if (!isRetryable(error) || attempt === attempts) throw error
      await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * (5 + Math.random() * 5)))
    }
  }
}

/** Carries an answer out of a transaction that is to be rolled back. */
class Undone extends Error {
  readonly answer: unknown
  constructor(answer: unknown) {
    super('rolled back on purpose')
    this.answer = answer
  }
}

function runOnce<Result>(
  context: Context,
  command: Command,
  work: (tx: CommandTransaction) => Promise<Result | Refusal>,
): Promise<Result | Refusal> {
  const inputHash = inputHashOf(command.input)
  const entryId = newId()
  const how = { entryId, pipelined: command.pipelined ?? false }
  return context.db.transaction(async (tx) => {
    const earlier = await claimKey(tx, context, command)
    if (earlier) return earlier.reply as Result | Refusal
    const changes: Change[] = []
    const done = async () => {
      const answer = await work(commandTransaction(tx, entryId, changes))
      if (isRefusal(answer) || context.dryRun) throw new Undone(answer)
      await announce(tx, changes)
      return answer
    }
    const entry = () => recordEntry(tx, { context, command, inputHash, entryId })
    const [answer] = await tx.together(done, entry)
    await keepReply(tx, context, command.secretReply ? shownOnce : answer)
    return answer
  }, how)
}

const shownOnce = refuse(
  'conflict',
  'This was carried out already, and its secret is shown only once: make another one.',
  { zh: '已经执行过了，密钥只显示一次；如未记下，另建一个。' },
)

function commandTransaction(
  tx: Transaction,
  entryId: string,
  changes: Change[],
): CommandTransaction {
  return {
    ...tx,
    entryId,
    announce: (change) => {
      changes.push(change)
    },
    emit: async ({ kind, partyId, facts }) => {
      changes.push({ kind, partyId, id: idIn(facts) })
      await tx.run(sql`
        insert into platform.event (id, kind, party_id, facts, entry_id)
        values (${newId()}, ${kind}, ${partyId ?? null}, ${JSON.stringify(facts)}, ${entryId})`)
    },
    enqueue: async (task, payload, options) => {
      await tx.run(sql`
        select graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json,
          queue_name => ${options?.queue ?? null}, job_key => ${options?.key ?? null},
          run_at => ${options?.runAt ?? null})`)
    },
  }
}

function idIn(facts: Canonical): string | undefined {
  const id = typeof facts === 'object' && facts !== null && 'id' in facts ? facts.id : undefined
  return typeof id === 'string' ? id : undefined
}

/** Takes the key for this transaction, or finds what was replied when it was used before. */
async function claimKey(
  tx: Transaction,
  { actor, idempotencyKey: key }: Context,
  command: Command,
): Promise<{ reply: unknown } | undefined> {
  if (key === undefined) return undefined
  const of = { actorId: actor.id, command: command.name }
  const earlier = await claimKeys(tx, of, [{ key, input: command.input }])
  return earlier.has(key) ? { reply: earlier.get(key) } : undefined
}

async function recordEntry(
  tx: Transaction,
  of: { context: Context; command: Command; inputHash: Buffer; entryId: string },
): Promise<void> {
  const { actor, requestId } = of.context
  await tx.run(
    sql`
      insert into audit.entry
        (id, actor_kind, actor_id, actor_name, command, subject, input_hash, details, request_id)
      values (${of.entryId}, ${actor.kind}, ${actor.id}, ${actor.name}, ${of.command.name},
        ${of.command.subject ?? null}, ${of.inputHash}, ${JSON.stringify(of.command.input)},
        ${requestId ?? null})`,
    { prepared: true },
  )
}

async function keepReply(tx: Transaction, context: Context, reply: unknown): Promise<void> {
  const { actor, idempotencyKey: key } = context
  if (key !== undefined) await keepReplies(tx, actor.id, [{ key, reply }])
}

/** 40001 serialization failure, 40P01 deadlock: nothing happened, the same work may succeed. */
function isRetryable(error: unknown): boolean {
  const code = (error as { code?: string }).code
  return code === '40001' || code === '40P01'
}
