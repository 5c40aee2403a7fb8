import type { Content, TableCell } from 'pdfmake/interfaces.js'
import type { CreditFileShown } from '#contract/credit-file.ts'
import { termsText } from '#kernel/calendar/terms-text.ts'
import type { Label } from '#kernel/document/label.ts'
import { type Stage, stageLabels } from '#kernel/exposure/stage.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'
import { amountText, pairs, right, ruled, section } from '#server/file/report-tables.ts'
import { levelWords, reportWords, schemeWords, statusWords } from '#server/file/report-words.ts'

type Language = 'zh' | 'en'

/** The body of the printed credit report, section by section. */
export function reportContent(file: CreditFileShown, language: Language): Content[] {
  const say = (label: Label | undefined) => label?.[language] ?? ''
  const of = { file, language, say, money: moneyIn(language) }
  return [
    ...titleOf(of),
    ...identityOf(of),
    ...ratingOf(of),
    ...limitOf(of),
    ...exposureOf(of),
    ...ageingOf(of),
    ...paymentOf(of),
    ...sourcesOf(of),
  ]
}

type Report = {
  readonly file: CreditFileShown
  readonly language: Language
  readonly say: (label: Label | undefined) => string
  readonly money: (amount: string | null, currency: string | null) => string
}

const w = reportWords

function moneyIn(language: Language): Report['money'] {
  return (amount, currency) => amountText(amount, currency, language)
}

function titleOf({ file, say, money }: Report): Content[] {
  const { identity, rating, exposure, ageing } = file
  const account = exposure.accounts.find(({ isOwn, level }) => isOwn && level === 'party')
  const [aged] = ageing.items
  const box = (name: Label, value: string, isStrong = false): TableCell => ({
    stack: [
      { text: say(name), style: 'quiet' },
      { text: value.replaceAll(' ', '\u00a0'), bold: true, fontSize: isStrong ? 15 : 10.5 },
    ],
    fillColor: '#f5f8fc',
    ...(value.startsWith('-') ? { color: '#b42318' } : {}),
  })
  const isFrozen = account !== undefined && account.status !== 'open'
  return [
    { text: say(w.title), style: 'title' },
    {
      text: `${identity.code} ${identity.name}`,
      ...{ fontSize: 12, margin: [0, 2, 0, 2] },
    },
    { text: `${say(w.asOf)} ${file.asOf}`, style: 'quiet', margin: [0, 0, 0, 8] },
    {
      table: {
        widths: ['*', '*', '*', '*'],
        body: [
          [
            box(w.grade, rating?.grade ?? '—', true),
            box(w.score, rating?.score ?? '—', true),
            box(w.limit, money(account?.limit ?? null, account?.currency ?? null)),
            box(w.status, say(statusWords[account?.status ?? '']) || '—'),
          ],
          [
            box(w.exposure, money(account?.exposure ?? null, account?.currency ?? null)),
            box(w.available, money(account?.available ?? null, account?.currency ?? null)),
            box(w.balance, money(aged?.balance ?? null, aged?.currency ?? null)),
            box(w.overdue, money(aged?.overdue ?? null, aged?.currency ?? null)),
          ],
        ],
      },
      layout: 'boxes',
    },
    ...(isFrozen && account.statusReason
      ? [{ text: account.statusReason, color: '#b42318', margin: [0, 4, 0, 0] } as Content]
      : []),
  ]
}

function identityOf({ file: { identity }, language, say }: Report): Content[] {
  const head = (party: { code: string; name: string } | null) =>
    party && `${party.code} ${party.name}`
  const identifiers = identity.identifiers.map(
    ({ scheme, value }) => `${say(schemeWords[scheme]) || scheme.toUpperCase()} ${value}`,
  )
  return [
    section(say(w.identity)),
    pairs([
      [say(w.name), identity.name],
      [say(w.code), identity.code],
      [say(w.shortName), identity.shortName],
      [say(w.identifiers), identifiers.join('\n')],
      [say(w.industry), identity.industry],
      [say(w.region), identity.region],
      [say(w.group), head(identity.groupParent)],
      [say(w.payer), head(identity.payer)],
      [say(w.terms), identity.terms && termsText(identity.terms, language)],
      [say(w.since), identity.sinceOn],
      [say(w.founded), identity.foundedOn],
      [say(w.salesperson), identity.salesperson],
      [say(w.department), identity.department],
    ]),
  ]
}

/** A figure stays on the line of its name. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0')
}

function ratingOf({ file, say }: Report): Content[] {
  const { rating, ratingHistory } = file
  if (!rating) return [section(say(w.rating)), { text: say(w.noRating) }]
  const rows = rating.points.map(({ label, value, shown, points, maximum }): TableCell[] => [
    say(label),
    right(value === null ? '—' : say(shown)),
    right(points, points === '0.00' && maximum !== '0.00' ? { color: '#b42318' } : {}),
    right(maximum),
  ])
  const changes = ratingHistory.filter(({ grade }, at) => grade !== ratingHistory[at - 1]?.grade)
  const history = changes.map(({ asOf, grade, score }) => `${asOf} ${grade} (${score})`)
  return [
    section(say(w.rating)),
    ruled(
      ['*', 100, 60, 60],
      [say(w.characteristic), right(say(w.value)), right(say(w.points)), right(say(w.maximum))],
      rows,
    ),
    { text: say(w.reasons), bold: true, margin: [0, 4, 0, 2] },
    { ul: rating.explanation.map(say) },
    ...(history.length > 1
      ? [
          { text: say(w.history), bold: true, margin: [0, 6, 0, 2] } as Content,
          { text: history.join('  →  ') },
        ]
      : []),
  ]
}

function limitOf({ file: { limit }, say, money }: Report): Content[] {
  if (!limit) return [section(say(w.limitSection)), { text: say(w.noLimit) }]
  const rows = limit.formulas.map(({ label, terms, amount, isBinding }): TableCell[] => [
    {
      stack: [
        say(label),
        {
          text: terms.map((term) => unbroken(`${say(term.label)} ${say(term.shown)}`)).join('\n'),
          style: 'quiet',
        },
      ],
    },
    right(amount === null ? say(w.unknown) : money(amount, limit.currency)),
    { text: isBinding ? say(w.binding) : '', alignment: 'right', color: '#0b4a8f', bold: true },
  ])
  const { adjustments, explanation, formulas } = limit
  const basis = explanation.length - formulas.length - adjustments.length - 1
  const besides = explanation.filter(
    (_, at) => at < basis || (at >= basis + formulas.length && at < explanation.length - 1),
  )
  return [
    section(say(w.limitSection)),
    { text: say(limit.explanation.at(-1)), bold: true, margin: [0, 0, 0, 4] },
    ruled(['*', 110, 50], [say(w.formula), right(say(w.amount)), ''], rows),
    // What holds before the formulas, and what changed their result after them.
    ...(besides.length > 0 ? [{ ul: besides.map(say), margin: [0, 0, 0, 4] } as Content] : []),
    { text: say(limit.provenance.formula), style: 'quiet' },
  ]
}

function exposureOf({ file: { exposure }, say, money }: Report): Content[] {
  const rows = exposure.accounts.flatMap((account): TableCell[][] => {
    const name = `${say(levelWords[account.level])} ${account.segment || account.name}`
    const stages = account.balances.flatMap(({ currency, stages: amounts }) =>
      Object.entries(amounts).map(([stage, amount]): TableCell[] => [
        '',
        say(stageLabels[stage as Stage]),
        right(money(amount, currency)),
      ]),
    )
    const [first, ...others] = stages
    const net = [
      '',
      { text: say(w.net), bold: true },
      right(money(account.exposure, account.currency), { bold: true }),
    ]
    return first ? [[name, ...first.slice(1)], ...others, net] : [[name, say(w.none), right('—')]]
  })
  return [
    section(say(w.exposureSection)),
    rows.length === 0
      ? { text: say(w.none) }
      : ruled(['*', '*', 130], [say(w.account), say(w.stage), right(say(w.amount))], rows),
  ]
}

function ageingOf({ file: { ageing }, say, money }: Report): Content[] {
  if (ageing.items.length === 0) return [section(say(w.ageing)), { text: say(w.none) }]
  const columns = ageing.items.map(({ currency }) => right(currency))
  const row = (label: Label, of: (item: (typeof ageing.items)[number]) => string | undefined) => [
    say(label),
    ...ageing.items.map((item) => right(money(of(item) ?? null, item.currency))),
  ]
  const widths = ['*', ...ageing.items.map(() => (ageing.items.length > 3 ? 85 : 130))]
  const total = row(w.total, ({ balance }) => balance).map(
    (cell): TableCell =>
      ({ ...(typeof cell === 'object' ? cell : { text: cell }), bold: true }) as TableCell,
  )
  return [
    section(say(w.ageing)),
    ruled(
      widths,
      ['', ...columns],
      [
        row(ageing.labels.notDue, ({ notDue }) => notDue),
        ...ageing.buckets.map(({ label }, at) => row(label, ({ buckets }) => buckets[at])),
        row(ageing.labels.unappliedCredits, ({ unappliedCredits }) => unappliedCredits),
        total,
      ],
    ),
  ]
}

function paymentOf({ file: { payment }, say, money }: Report): Content[] {
  const { months, totals } = payment
  if (months.length === 0) return [section(say(w.payment)), { text: say(w.none) }]
  const percent = (share: string) => `${scaledToDecimal(BigInt(share.replace('.', '')), 2)}%`
  const cells = (of: (typeof totals)[number]) => [
    right(money(of.paid, of.currency)),
    right(of.averageDaysLate),
    right(of.averageDaysToPay),
    right(percent(of.lateShare)),
  ]
  const latest = [...new Set(months.map(({ month }) => month))].slice(-12)
  const rows = months.filter(({ month }) => latest.includes(month))
  const bold = (cell: TableCell) => ({ ...(cell as object), bold: true }) as TableCell
  return [
    section(say(w.payment)),
    ruled(
      ['*', 120, 85, 85, 60],
      [say(w.month), ...[w.paid, w.daysLate, w.daysToPay, w.lateShare].map((t) => right(say(t)))],
      [
        ...rows.map((row): TableCell[] => [row.month, ...cells(row)]),
        ...totals.map((row): TableCell[] => [
          bold({ text: say(w.total) }),
          ...cells(row).map(bold),
        ]),
      ],
    ),
  ]
}

function sourcesOf({ file, say }: Report): Content[] {
  const { rating, limit, exposure, ageing, payment, identity } = file
  const told = [identity, rating, limit, exposure, ageing, payment].flatMap((part) => part ?? [])
  const policies = new Map(
    told.flatMap(({ provenance }) => provenance.policies).map((policy) => [policy.id, policy]),
  )
  const versions = [...policies.values()].map(({ title, version }) => `${title} v${version}`)
  return [
    section(say(w.sources)),
    { ul: told.map(({ provenance }) => say(provenance.formula)), style: 'quiet' },
    ...(versions.length > 0
      ? [
          {
            text: `${say(w.policies)}: ${versions.join(', ')}`,
            ...{ style: 'quiet', margin: [0, 4, 0, 0] },
          } as Content,
        ]
      : []),
  ]
}
