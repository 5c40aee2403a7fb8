import type { NoticeKind } from '#contract/notice.ts'
import type { Role } from '#contract/role.ts'
import type { Label } from '#kernel/document/label.ts'
import { type Money, toReadable } from '#kernel/money/money.ts'
import type { EndedHold, HoldEnd, NewHold } from '#server/check/hold.store.ts'
import { notify } from '#server/notice/public.ts'
import { findParties } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'

/** Who sells it and the credit managers are told that a document must wait. */
export async function tellOfOpenedHolds(
  tx: CommandTransaction,
  holds: readonly NewHold[],
  idOf: (documentId: string) => string,
): Promise<void> {
  const named = await partyNames(tx, holds)
  for (const hold of holds) {
    const amount = toReadable({ minor: hold.amountMinor, currency: hold.currency })
    const rules = hold.rules.join(', ')
    await tell(tx, { ...hold, id: idOf(hold.documentId) }, named(hold.partyId), {
      kind: 'hold.opened',
      roles: ['credit-manager'],
      what: { zh: '被暂挂', en: 'is held' },
      body: { zh: `金额 ${amount}, 规则: ${rules}`, en: `${amount}, by the rules ${rules}` },
    })
  }
}

/** Who asked for a document and who sells it are told how its waiting ended. */
export async function tellOfClosedHolds(
  tx: CommandTransaction,
  holds: readonly EndedHold[],
  { by, reason, state }: HoldEnd,
): Promise<void> {
  // What was given up or changed was so by those who would be told.
  if (state !== 'released' && state !== 'rejected') return
  const named = await partyNames(tx, holds)
  const what = {
    released: { zh: '已放行', en: 'is released' },
    rejected: { zh: '被驳回', en: 'is rejected' },
  }[state]
  const body = { zh: `${by}: ${reason}`, en: `${by}: ${reason}` }
  for (const hold of holds) {
    await tell(tx, hold, named(hold.partyId), { kind: `hold.${state}`, roles: [], what, body })
  }
}

type ToldHold = Pick<EndedHold, 'partyId' | 'id' | 'number' | 'requestedBy' | 'salesperson'>

/** A part of a document may pass; the rest of it waits on. */
export async function tellOfPartialRelease(
  tx: CommandTransaction,
  hold: ToldHold,
  of: { readonly by: string; readonly reason: string; readonly upTo: Money },
): Promise<void> {
  const amount = toReadable(of.upTo)
  await tell(tx, hold, (await partyNames(tx, [hold]))(hold.partyId), {
    kind: 'hold.released',
    roles: [],
    what: { zh: `已放行至 ${amount}`, en: `is released up to ${amount}` },
    body: { zh: `${of.by}: ${of.reason}`, en: `${of.by}: ${of.reason}` },
  })
}

/** What was let pass waits again. */
export async function tellOfRecall(
  tx: CommandTransaction,
  hold: ToldHold,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<void> {
  await tell(tx, hold, (await partyNames(tx, [hold]))(hold.partyId), {
    kind: 'hold.recalled',
    roles: ['credit-manager'],
    what: { zh: '的放行已收回，重新暂挂', en: 'is held again: its release was taken back' },
    body: { zh: `${by}: ${reason}`, en: `${by}: ${reason}` },
  })
}

/** A question goes to who can answer it, the answer to who deals with the hold. */
export async function tellOfTalk(
  tx: CommandTransaction,
  hold: ToldHold,
  of: {
    readonly kind: 'hold.asked' | 'hold.answered'
    readonly by: string
    readonly words: string
  },
): Promise<void> {
  const isQuestion = of.kind === 'hold.asked'
  await tell(tx, hold, (await partyNames(tx, [hold]))(hold.partyId), {
    kind: of.kind,
    ...(isQuestion ? { roles: [] } : { roles: ['credit-manager'], names: [] }),
    what: isQuestion
      ? { zh: '有提问', en: 'has a question to answer' }
      : { zh: '的提问已答复', en: 'has its question answered' },
    body: { zh: `${of.by}: ${of.words}`, en: `${of.by}: ${of.words}` },
  })
}

/** Who is to deal with a hold from now on is told so. */
export async function tellNewOwner(
  tx: CommandTransaction,
  hold: Pick<ToldHold, 'partyId' | 'id' | 'number'>,
  owner: { readonly roles: readonly Role[]; readonly names: readonly string[] },
  by: string,
): Promise<void> {
  const of = { ...hold, requestedBy: null, salesperson: null }
  await tell(tx, of, (await partyNames(tx, [hold]))(hold.partyId), {
    kind: 'hold.opened',
    ...owner,
    what: { zh: '转交给您', en: 'is yours to deal with' },
    body: { zh: `${by} 转交`, en: `Handed over by ${by}` },
  })
}

async function tell(
  tx: CommandTransaction,
  hold: Pick<ToldHold, 'partyId' | 'id' | 'number'> & {
    readonly requestedBy: string | null
    readonly salesperson: string | null
  },
  party: string,
  of: {
    readonly kind: NoticeKind
    readonly roles: readonly Role[]
    readonly names?: readonly string[]
    readonly what: Label
    readonly body: Label
  },
): Promise<void> {
  const subject = `${hold.number} (${party})`
  await notify(tx, {
    kind: of.kind,
    roles: of.roles,
    names: of.names ?? [hold.requestedBy, hold.salesperson].flatMap((name) => name ?? []),
    partyId: hold.partyId,
    subject: { zh: `${subject} ${of.what.zh}`, en: `${subject} ${of.what.en}` },
    body: of.body,
    path: `/api/holds/${hold.partyId}/${hold.id}`,
  })
}

async function partyNames(
  db: Reader,
  holds: readonly { readonly partyId: string }[],
): Promise<(partyId: string) => string> {
  if (holds.length === 0) return () => ''
  const parties = await findParties(db, [...new Set(holds.map(({ partyId }) => partyId))])
  const names = new Map(parties.map(({ id, code, name }) => [id, `${code} ${name}`]))
  return (partyId) => names.get(partyId) ?? ''
}
