import type { Day } from '#kernel/calendar/day.ts'

export type Measured = {
  readonly what: string
  readonly path: string
  readonly atMostMs: number
  /** So many times at most: for what takes long. */
  readonly times?: number
}

const listMs = 150
const searchMs = 50
const ageingMs = 1_000

type Sample = Readonly<Record<string, string>>

export function measuredLists(sample: Sample, days: { today: Day; past: Day }): Measured[] {
  return [
    ...customerLists(sample),
    ...searches(sample),
    ...documentLists(sample, days.today),
    ...creditFile(sample),
    ...ageings(days.past),
  ]
}

function customerLists({ id, industry, region, salesperson }: Sample): Measured[] {
  const customers = (what: string, query: Record<string, string>): Measured => ({
    what: `customers: ${what}`,
    path: `/api/customers?${new URLSearchParams(query)}`,
    atMostMs: listMs,
  })
  const sorted = ['code', 'name', 'grade', 'score', 'limit', 'limitToOn', 'exposure', 'available']
  const others = ['utilisation', 'open', 'overdue', 'daysOverdue', 'openHolds', 'salesperson']
  return [
    ...[...sorted, ...others].map((sort) =>
      customers(`all by ${sort}, with totals`, { sort, order: 'desc' }),
    ),
    customers('all by code, without totals', { totals: 'false' }),
    customers('all by headroom upwards, 200 rows', { sort: 'available', limit: '200' }),
    customers('overdue by amount', { overdue: 'true', sort: 'overdue', order: 'desc' }),
    customers('over 60 days, by utilisation', {
      ...{ daysOverdueOver: '60', sort: 'utilisation', order: 'desc' },
    }),
    customers('over 100 % of a limit, by headroom', { utilisationOver: '100', sort: 'available' }),
    customers('grades B and worse, expired limit', {
      ...{ grade: 'B,CCC,CC,C,D', limitIs: 'expired', sort: 'exposure', order: 'desc' },
    }),
    customers('frozen, by name', { status: 'frozen', sort: 'name' }),
    customers('a region and an industry', { region: region ?? '', industry: industry ?? '' }),
    customers('of a salesperson, by overdue', {
      ...{ salesperson: salesperson ?? '', sort: 'overdue', order: 'desc' },
    }),
    customers('a part of many names', { text: '机械', sort: 'exposure', order: 'desc' }),
    customers('the part that nearly all names have', { text: '有限公司', sort: 'name' }),
    customers('initials', { text: 'hd', sort: 'exposure', order: 'desc' }),
    customers('a group', { group: id ?? '' }),
  ]
}

function searches({ code, creditCode, initials, name }: Sample): Measured[] {
  const search = (what: string, q: string): Measured => ({
    what: `search: ${what} (${q})`,
    path: `/api/search?${new URLSearchParams({ q })}`,
    atMostMs: searchMs,
  })
  return [
    search('code', code ?? ''),
    search('beginning of codes', (code ?? '').slice(0, 3)),
    search('credit code', creditCode ?? code ?? ''),
    search('name', name ?? ''),
    search('part of a name', (name ?? '').slice(2, 4)),
    search('part of all names', '有限公司'),
    search('initials', initials ?? ''),
    search('two initials', 'hd'),
    search('one letter', 'h'),
    search('pinyin', 'huadong'),
    search('order', 'SO-4711-1'),
    search('invoice', 'INV0004711'),
    search('nothing', 'qqqqqq'),
  ]
}

function documentLists({ code, salesperson }: Sample, today: Day): Measured[] {
  const list = (path: string, query: Record<string, string>): Measured => ({
    what: `${path} ${new URLSearchParams(query)}`,
    path: `/api/${path}?${new URLSearchParams(query)}`,
    atMostMs: listMs,
  })
  const totals = 'true'
  return [
    list('invoices', { totals }),
    list('invoices', { state: 'overdue', totals, sort: 'open' }),
    list('invoices', { state: 'overdue', currency: 'USD', totals }),
    list('invoices', { state: 'disputed', totals }),
    list('invoices', { state: 'paid' }),
    list('invoices', { state: 'all', salesperson: salesperson ?? '' }),
    list('invoices', { dueTo: today, totals }),
    list('invoices', { party: code ?? '', state: 'all', totals }),
    list('invoices', { number: 'INV0004', limit: '200' }),
    list('credits', {}),
    list('credits', { state: 'unapplied', totals }),
    list('credits', { number: 'R-INV0004' }),
    list('orders', {}),
    list('orders', { state: 'confirmed', totals }),
    list('orders', { held: 'true', totals }),
    list('orders', { number: 'SO-4711' }),
    list('orders', { orderedFrom: today, totals }),
    list('holds', {}),
    list('parties', { text: 'hdjx' }),
    list('parties', { text: '机械' }),
    list('parties', { sort: 'name' }),
    list('credit-accounts', { status: 'frozen' }),
  ]
}

function creditFile({ id }: Sample): Measured[] {
  const parts = ['', '/credit-accounts', '/open-items', '/receivables', '/orders', '/ratings']
  const others = ['/limits', '/history', '/promises', '/indicators']
  return [...parts, ...others].map((part) => ({
    what: `credit file: ${part === '' ? 'party' : part.slice(1)}`,
    path: `/api/parties/${id}${part}`,
    atMostMs: listMs,
  }))
}

function ageings(past: Day): Measured[] {
  return [
    { what: 'ageing as of today', path: '/api/ageing', atMostMs: ageingMs, times: 10 },
    {
      what: `ageing as of ${past}`,
      path: `/api/ageing?asOf=${past}`,
      atMostMs: ageingMs,
      times: 10,
    },
  ]
}
