import type { TimelineEvent, TimelineTopic } from '#contract/timeline.ts'
import { type ActAbout, actsAbout } from '#server/audit/public.ts'
import type { TimelineSource } from '#server/platform/timeline.ts'

/** Which facts of a command's input are told; others, such as telephone numbers, stay there. */
type Told = readonly [topic: TimelineTopic, ...facts: string[]]

/**
 * What people did that no row of its own tells, in the order of the index
 * `acts_told_about_a_party`, which a new one must be added to.
 */
const told: Readonly<Record<string, Told>> = {
  'party.create': ['registration', 'name', 'code'],
  'party.change': ['registration'],
  'party.add-identifier': ['registration', 'scheme'],
  'party.remove-identifier': ['registration'],
  'party.add-name': ['registration', 'name', 'kind'],
  'party.remove-name': ['registration'],
  'party.add-contact': ['registration', 'name'],
  'party.change-contact': ['registration', 'name'],
  'party.remove-contact': ['registration'],
  'party.add-bank-account': ['registration', 'bankName'],
  'party.remove-bank-account': ['registration'],
  'party.merge': ['registration', 'duplicateId', 'reason'],
  'party.undo-merge': ['registration'],
  'rating.override': ['rating', 'grade', 'reason', 'expiresOn'],
  'rating.lift-override': ['rating'],
  'credit-account.open': ['limit', 'level', 'segment'],
  'credit-account.change': ['limit', 'tolerance', 'discount', 'dunningLevel'],
  'credit-account.set-limit': ['limit', 'toOn', 'reason', 'terms'],
  'credit-account.set-status': ['status', 'status', 'reason'],
  'credit-account.grant-temporary-limit': ['limit', 'fromOn', 'toOn', 'reason'],
  'credit-account.end-temporary-limit': ['limit', 'limitId'],
  'security.register': ['security', 'kind', 'issuer', 'toOn'],
  'security.end': ['security', 'reason'],
  'hold.ask': ['hold', 'question'],
  'hold.answer': ['hold', 'answer'],
  'hold.reject': ['hold', 'reason'],
  'order.amend': ['order'],
  'order.cancel': ['order', 'reason'],
  'order.close': ['order', 'reason'],
  'order.confirm': ['order'],
  'order.reopen': ['order', 'reason'],
  'order.return': ['order', 'reason'],
  'contract.record': ['order', 'title'],
  'contract.change': ['order', 'title'],
  'invoice.void': ['invoice', 'reason'],
  'credit.void': ['receipt', 'reason', 'returned'],
  'bill.collect': ['receipt'],
  'dispute.close': ['dispute'],
  'indicator.record-facts': ['fact'],
  'indicator.record-statement': ['fact', 'closedOn', 'months'],
  'document.remove': ['document', 'reason'],
}

const commands = Object.keys(told)

export const actEvents: TimelineSource = {
  topics: [...new Set(Object.values(told).map(([topic]) => topic))],
  find: async (db, asked) => ({
    events: (await actsAbout(db, asked, commands)).map(eventOf),
    floor: null,
  }),
}

/** Ids by which an act names what it was about, and what each of them is. */
const refs = {
  accountId: 'account',
  holdId: 'hold',
  orderId: 'order',
  invoiceId: 'invoice',
  creditId: 'credit',
  disputeId: 'dispute',
  documentId: 'document',
  contractId: 'contract',
} as const

function eventOf(act: ActAbout): TimelineEvent {
  const [topic, ...names] = told[act.command] ?? ['registration']
  const { details, subject: partyId } = act
  const ref = Object.entries(refs).find(([name]) => typeof details[name] === 'string')
  return {
    ...{ id: act.id, topic, kind: act.command, on: act.on, at: act.at, actor: act.actor },
    number: textOf(details.number),
    amount: textOf(details.limit) ?? textOf(details.amount),
    currency: textOf(details.currency),
    facts: {
      ...Object.fromEntries(
        names.flatMap((name) => (name in details ? [[name, details[name]]] : [])),
      ),
      // Which fields were changed is told, their values by the history of the party.
      ...(act.command === 'party.change' ? { fields: Object.keys(details).filter(isField) } : {}),
    },
    ref: ref ? { kind: ref[1], partyId, id: String(details[ref[0]]) } : null,
  }
}

function isField(name: string): boolean {
  return name !== 'partyId' && name !== 'id'
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
