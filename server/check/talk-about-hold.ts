import type { Hold, HoldAnswer, HoldQuestion } from '#contract/hold.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { HoldKey } from '#server/check/ask-for-release.ts'
import {
  answerOfHold,
  askOfHold,
  findHold,
  type HoldRow,
  lockHold,
} from '#server/check/hold.store.ts'
import { holdEnded } from '#server/check/hold-ended.ts'
import { holdReply } from '#server/check/hold-replies.ts'
import { tellOfTalk } from '#server/check/tell-of-holds.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'

/** Asks who sells a held document, or asked for it: the hold is theirs until they answer. */
export function askAboutHold(
  context: Context,
  key: HoldKey,
  { question }: HoldQuestion,
): Promise<Hold | Refusal> {
  const command = { name: 'hold.ask', permission: 'hold:write' } as const
  const input = { question, holdId: key.id }
  return runCommand(context, { ...command, input, subject: key.partyId }, async (tx) => {
    const hold = await openHold(tx, key)
    if (isRefusal(hold)) return hold
    const owner = hold.salesperson ?? hold.requestedBy
    await askOfHold(tx, key, { owner, by: context.actor.name, words: question })
    tx.announce({ kind: 'hold.asked', partyId: key.partyId, id: key.id })
    await tellOfTalk(tx, hold, { kind: 'hold.asked', by: context.actor.name, words: question })
    return replyOf(tx, key)
  })
}

/** Answers the question about a held document: it is back with the credit managers. */
export function answerAboutHold(
  context: Context,
  key: HoldKey,
  { answer }: HoldAnswer,
): Promise<Hold | Refusal> {
  const command = { name: 'hold.answer', permission: 'hold:release' } as const
  const input = { answer, holdId: key.id }
  return runCommand(context, { ...command, input, subject: key.partyId }, async (tx) => {
    const hold = await openHold(tx, key)
    if (isRefusal(hold)) return hold
    if (hold.state !== 'asked') {
      const zh = `没有人就 ${hold.number} 提问，无需答复。`
      return refuse('wrong-state', `Nothing was asked about ${hold.number}.`, { zh })
    }
    await answerOfHold(tx, key, {
      ...{ owner: 'credit-manager', by: context.actor.name, words: answer },
    })
    tx.announce({ kind: 'hold.answered', partyId: key.partyId, id: key.id })
    await tellOfTalk(tx, hold, { kind: 'hold.answered', by: context.actor.name, words: answer })
    return replyOf(tx, key)
  })
}

/** Locks a hold that still waits. */
export async function openHold(tx: CommandTransaction, key: HoldKey): Promise<HoldRow | Refusal> {
  await lockHold(tx, key)
  const hold = await findHold(tx, key.partyId, key.id)
  if (!hold) return refuse('not-found', 'This party has no such hold.')
  if (hold.state === 'open' || hold.state === 'asked') return hold
  return holdEnded(hold.number, hold.state)
}

export async function replyOf(tx: CommandTransaction, key: HoldKey): Promise<Hold | Refusal> {
  const hold = await findHold(tx, key.partyId, key.id)
  return hold ? holdReply(hold) : refuse('not-found', 'This party has no such hold.')
}
