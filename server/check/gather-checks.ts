import { isRefusal, refuse } from '#contract/problem.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { type CheckAsked, type CheckReplied, runRequests } from '#server/check/run-requests.ts'
import type { Database } from '#server/platform/database.ts'
import { claimKeys, dropKeys, keepReplies } from '#server/platform/idempotency.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'

const name = 'credit-check.run'
const togetherMost = 64
// One batch is decided while the database stores another; more would only make each smaller.
const runningMost = 2

type Waiting = {
  readonly context: Context
  readonly asked: CheckAsked
  readonly answer: (replied: CheckReplied) => void
  readonly fail: (error: unknown) => void
}

type Line = { readonly waiting: Waiting[]; running: number }

const lines = new WeakMap<Database, Line>()

/**
 * Answers one check. Checks that wait at the same time share a transaction (group commit), each with
 * its own answer: the cost of a commit and of every question to the database is shared, and checks
 * of one account pass through its lock together instead of one by one. Those of one actor go
 * together, so that the audit entry of the transaction tells who acted.
 */
export function gatherCheck(context: Context, asked: CheckAsked): Promise<CheckReplied> {
  if (context.dryRun) return runAlone(context, asked)
  const line = lines.get(context.db) ?? { waiting: [], running: 0 }
  lines.set(context.db, line)
  return new Promise((answer, fail) => {
    line.waiting.push({ context, asked, answer, fail })
    // What arrives in the same turn of the event loop goes together.
    if (line.running < runningMost) setImmediate(() => serveNext(line))
  })
}

function serveNext(line: Line): void {
  if (line.running >= runningMost) return
  const batch = takeBatch(line)
  if (batch.length === 0) return
  line.running += 1
  serveBatch(batch).finally(() => {
    line.running -= 1
    serveNext(line)
  })
}

/** Those of the first one's actor and day; a key that is in already waits for its first reply. */
function takeBatch(line: Line): Waiting[] {
  const [first] = line.waiting
  if (!first) return []
  const batch: Waiting[] = []
  const left: Waiting[] = []
  const keys = new Set<string>()
  for (const each of line.waiting) {
    const { actor, today, idempotencyKey: key } = each.context
    const isFit =
      batch.length < togetherMost &&
      actor.id === first.context.actor.id &&
      today === first.context.today &&
      (key === undefined || !keys.has(key))
    if (key !== undefined && isFit) keys.add(key)
    ;(isFit ? batch : left).push(each)
  }
  line.waiting.splice(0, line.waiting.length, ...left)
  return batch
}

async function serveBatch(batch: readonly Waiting[]): Promise<void> {
  try {
    const replies = await runTogether(batch)
    // One reply stands for all where the command itself was refused.
    for (const [index, each] of batch.entries()) {
      const replied = replies[index] ?? replies[0]
      if (replied) each.answer(replied)
      else each.fail(new Error('a check was not answered'))
    }
  } catch (error) {
    // One that the database refuses must not fail the others: each is tried by itself.
    if (batch.length === 1) batch[0]?.fail(error)
    else for (const each of batch) await serveBatch([each])
  }
}

async function runTogether(batch: readonly Waiting[]): Promise<CheckReplied[]> {
  const [first] = batch
  if (!first) return []
  // Keys are of single requests, and so are their replies.
  const { idempotencyKey: _, ...context } = first.context
  const input = { checks: batch.length }
  return runKept(context, input, (tx) => runKeyed(tx, context, batch))
}

/** Carries checks out as one command; where every one of them is refused, nothing is kept. */
async function runKept(
  context: Context,
  input: Canonical,
  work: (tx: CommandTransaction) => Promise<CheckReplied[]>,
): Promise<CheckReplied[]> {
  let replies: CheckReplied[] = []
  const answered = await runCommand(context, { name, permission: 'check:run', input }, async (tx) => {
    replies = await work(tx)
    const refused = replies.find((reply) => isRefusal(reply))
    return refused && replies.every((reply) => isRefusal(reply)) ? refused : replies
  })
  if (!isRefusal(answered)) return answered
  return replies.length > 0 ? replies : [answered]
}

async function runKeyed(
  tx: CommandTransaction,
  context: Context,
  batch: readonly Waiting[],
): Promise<CheckReplied[]> {
  const of = { actorId: context.actor.id, command: name }
  const keyed = batch.flatMap(({ asked, context: { idempotencyKey: key } }) =>
    key === undefined ? [] : [{ key, input: inputOf(asked) }],
  )
  const earlier = keyed.length === 0 ? new Map() : await claimKeys(tx, of, keyed)
  const keyOf = (each: Waiting) => each.context.idempotencyKey ?? ''
  const fresh = batch.filter((each) => !earlier.has(keyOf(each)))
  const replies = await runRequests(
    tx,
    context,
    fresh.map(({ asked }) => asked),
  )
  const byRequest = new Map(fresh.map((each, index) => [each, replies[index]]))
  const kept = fresh.flatMap((each) => {
    const key = each.context.idempotencyKey
    return key === undefined ? [] : [{ key, reply: byRequest.get(each) }]
  })
  const refused = kept.filter(({ reply }) => isRefusal(reply)).map(({ key }) => key)
  const done = kept.filter(({ reply }) => !isRefusal(reply))
  if (done.length > 0) await keepReplies(tx, of.actorId, done)
  if (refused.length > 0) await dropKeys(tx, of.actorId, refused)
  return batch.map((each) => byRequest.get(each) ?? (earlier.get(keyOf(each)) as CheckReplied))
}

async function runAlone(context: Context, asked: CheckAsked): Promise<CheckReplied> {
  const [reply] = await runMany(context, [asked])
  return reply ?? refuse('internal-error', 'This check has no answer.')
}

/** Runs the checks of one call in one transaction, as one command with one key. */
export function runMany(context: Context, asked: readonly CheckAsked[]): Promise<CheckReplied[]> {
  return runKept(context, asked.map(inputOf), (tx) => runRequests(tx, context, asked))
}

function inputOf({ check, mode }: CheckAsked): Canonical {
  return { ...check, mode }
}
