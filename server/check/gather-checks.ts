import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import type { CheckAsked, CheckReplied } from '#server/check/asked-check.ts'
import { keptReply, readKeptReplies } from '#server/check/kept-reply.ts'
import { readKnown, runRequests } from '#server/check/run-requests.ts'
import type { Database } from '#server/platform/database.ts'
import { findReplies, insertReplies } from '#server/platform/idempotency.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'

const name = 'credit-check.run'
const togetherMost = 100
// One batch is decided while the database stores another, where enough wait to make it worth its
// own questions: these cost a batch of one as much as a batch of many.
const runningMost = 2
const secondFrom = 24

type Answered = CheckReplied[] | Refusal

/** The checks of one request, under its one key. */
type Call = { readonly context: Context; readonly asked: readonly CheckAsked[] }
type Waiting = Call & {
  readonly answer: (answered: Answered) => void
  readonly fail: (error: unknown) => void
}

type Line = { readonly waiting: Waiting[]; running: number }

const lines = new WeakMap<Database, Line>()

/**
 * Answers the checks of a request. Those that wait at the same time share a transaction (group
 * commit), each with its own answer: the cost of a commit and of every question to the database is
 * shared, and checks of one account pass through its lock together instead of one by one. Requests
 * of one actor go together, so that the audit entry of the transaction tells who acted.
 */
export function gatherChecks(context: Context, asked: readonly CheckAsked[]): Promise<Answered> {
  if (context.dryRun) return runTogether([{ context, asked }]).then(([first]) => first ?? [])
  const line = lines.get(context.db) ?? { waiting: [], running: 0 }
  lines.set(context.db, line)
  return new Promise((answer, fail) => {
    line.waiting.push({ context, asked, answer, fail })
    // What arrives in the same turn of the event loop goes together.
    if (mayServe(line)) setImmediate(() => serveNext(line))
  })
}

function mayServe({ running, waiting }: Line): boolean {
  if (running === 0) return true
  if (running >= runningMost) return false
  let checks = 0
  for (const { asked } of waiting) checks += asked.length
  return checks >= secondFrom
}

function serveNext(line: Line): void {
  if (!mayServe(line)) return
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
  let checks = 0
  for (const each of line.waiting) {
    const { actor, today, idempotencyKey: key } = each.context
    const isFit =
      (batch.length === 0 || checks + each.asked.length <= togetherMost) &&
      actor.id === first.context.actor.id &&
      today === first.context.today &&
      (key === undefined || !keys.has(key))
    if (isFit) {
      checks += each.asked.length
      if (key !== undefined) keys.add(key)
    }
    ;(isFit ? batch : left).push(each)
  }
  line.waiting.splice(0, line.waiting.length, ...left)
  return batch
}

async function serveBatch(batch: readonly Waiting[]): Promise<void> {
  try {
    const answers = await runTogether(batch)
    for (const [index, each] of batch.entries()) each.answer(answers[index] ?? noAnswer)
  } catch (error) {
    // One that the database refuses must not fail the others: each is tried by itself.
    if (batch.length === 1) batch[0]?.fail(error)
    else for (const each of batch) await serveBatch([each])
  }
}

const noAnswer = refuse('internal-error', 'This check has no answer.')

/**
 * Carries calls out as one command. Where nothing is decided anew, since every check is refused or
 * was answered before, nothing is kept.
 */
async function runTogether(calls: readonly Call[]): Promise<Answered[]> {
  const [first] = calls
  if (!first) return []
  // Keys are of single requests, and so are their replies.
  const { idempotencyKey: _, ...context } = first.context
  const input = { checks: calls.reduce((count, { asked }) => count + asked.length, 0) }
  let answers: Answered[] = []
  const command = { name, permission: 'check:run', input, pipelined: true } as const
  const answered = await runCommand(context, command, async (tx) => {
    const outcome = await answerCalls(tx, context, calls)
    answers = outcome.answers
    return outcome.isNew ? answers : nothingNew
  })
  if (!isRefusal(answered)) return answered
  return answers.length > 0 ? answers : calls.map(() => answered)
}

const nothingNew = refuse('conflict', 'Nothing was decided anew.')

async function answerCalls(
  tx: CommandTransaction,
  context: Context,
  calls: readonly Call[],
): Promise<{ answers: Answered[]; isNew: boolean }> {
  const of = { actorId: context.actor.id, command: name }
  const keyed = calls.flatMap((call) => {
    const { idempotencyKey: key } = call.context
    return key === undefined ? [] : [{ key, input: call.asked.map(inputOf), call }]
  })
  const findEarlier = () => findReplies(tx, of, keyed)
  const [earlier, known] = await tx.together(
    keyed.length === 0 ? async () => new Map() : findEarlier,
    () =>
      readKnown(
        tx,
        context.actor,
        calls.flatMap(({ asked }) => asked),
      ),
  )
  const isFresh = ({ context: { idempotencyKey: key } }: Call) => !earlier.has(key ?? '')
  const fresh = calls.filter(isFresh)
  const replies = await runRequests(
    tx,
    context,
    fresh.flatMap(({ asked }) => asked),
    known,
  )
  const byCall = new Map<Call, CheckReplied[]>()
  for (const call of fresh) byCall.set(call, replies.splice(0, call.asked.length))
  const kept = keyed.flatMap(({ call, ...request }) => {
    const own = byCall.get(call)
    // What was refused altogether may be sent again, corrected, under the same key.
    if (!own || own.every(isRefusal)) return []
    return [{ ...request, reply: own.map(keptReply) }]
  })
  if (kept.length > 0) await insertReplies(tx, of, kept)
  const answers: Answered[] = []
  for (const call of calls) {
    const own = byCall.get(call)
    const reply = earlier.get(call.context.idempotencyKey ?? '')
    answers.push(own ?? (isRefusal(reply) ? reply : await readKeptReplies(tx, reply)))
  }
  return { answers, isNew: [...byCall.values()].some((own) => !own.every(isRefusal)) }
}

function inputOf({ check, mode }: CheckAsked): Canonical {
  return { ...check, mode }
}
