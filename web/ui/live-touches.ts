import type { LiveChange } from '#contract/live.ts'

const money = [
  ...['invoice', 'receipt', 'credit', 'credit-note', 'bill', 'allocation', 'dispute', 'promise'],
  ...['import', 'party'],
]
const business = ['order', 'contract', 'hold', 'import', 'party']

/** By path, the first words of the kinds of change that may make its answer another one. */
const hearing: Readonly<Record<string, readonly string[]>> = {
  '/api/notices': ['notice'],
  '/api/figures': ['figure'],
  '/api/jobs': ['job'],
  '/api/rating-runs': ['job'],
  '/api/replays': ['job'],
  '/api/models': ['job'],
  '/api/policy-replays': ['job'],
  '/api/exposure-verifications': ['job'],
  '/api/receivable-verifications': ['job'],
  '/api/imports': ['import', 'job'],
  '/api/policies': ['policy'],
  '/api/orders': business,
  '/api/contracts': business,
  '/api/reservations': business,
  '/api/holds': business,
  '/api/invoices': money,
  '/api/credits': money,
  '/api/receipts': money,
  '/api/ageing': money,
  '/api/disputes': money,
  '/api/statement-lines': money,
  '/api/receivable-metrics': money,
  // What people set up for themselves: nobody else is told when it changes.
  '/api/me': [],
  '/api/session': [],
  '/api/persons': [],
  '/api/keys': [],
  '/api/company': [],
  '/api/views': [],
  '/api/audit': [],
}

/** What is not about customers: no path hears of it that does not say so. */
const aside = ['notice', 'figure', 'job']

/** Whether a change may make what was asked of a path another answer; rather yes than no. */
export function isTouched(queryKey: readonly unknown[], change: LiveChange): boolean {
  const [path, query] = queryKey
  if (typeof path !== 'string') return false
  const [word = ''] = change.kind.split('.')
  const heard = hearing[/^\/api\/[^/]+/.exec(path)?.[0] ?? '']
  if (heard ? !heard.includes(word) : aside.includes(word)) return false
  const partyId = partyOf(path, query)
  return partyId === undefined || change.partyId === null || partyId === change.partyId
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const ofOneParty = new RegExp(`^/api/(?:parties|holds|invoices|credits)/(${uuid})(/|$)`)
const isId = new RegExp(`^${uuid}$`)

/** Whose affairs alone a path is about. Exposure is not: a group's moves with each of its members. */
function partyOf(path: string, query: unknown): string | undefined {
  const own = /credit-(accounts|file)/.test(path) ? undefined : ofOneParty.exec(path)?.[1]
  if (own !== undefined) return own
  const asked = (query as { party?: unknown } | undefined)?.party
  return typeof asked === 'string' && isId.test(asked) ? asked : undefined
}
