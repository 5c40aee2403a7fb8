import { addDays, addMonths, type Day, toEpochDay } from '#kernel/calendar/day.ts'
import type { Label } from '#kernel/document/label.ts'
import { readWindowId, type Span, windowText } from '#kernel/formula/window-name.ts'
import { amount2, wholeCount } from '#kernel/indicator/define-indicator.ts'
import type { Indicator, IndicatorValues } from '#kernel/indicator/indicator.ts'
import {
  type LedgerReading,
  type LedgerTerms,
  readLedger,
} from '#kernel/indicator/ledger-reading.ts'
import { openTally, tallyUp, totalOf } from '#kernel/indicator/tally.ts'
import type { PartyHistory } from '#kernel/receivable/history.ts'

/** What a party's records are added up by, over a window that a formula names (期间汇总). */
export type WindowMeasure = {
  readonly id: string
  readonly label: Label
  readonly meaning: Label
  readonly unit: 'money' | 'count'
  /** The parts and the days on which they count; a part is null where no rate tells it. */
  readonly parts: (reading: LedgerReading) => Iterable<readonly [day: number, part: bigint | null]>
}

export const windowMeasures: readonly WindowMeasure[] = [
  measure(
    'sales',
    'money',
    ['销售额', 'Sales'],
    ['开票金额（未扣红字），按开票日。', 'Invoiced, before credit notes, by the day of issue.'],
    ({ invoices }) => invoices.map(({ issuedDay, valueMinor }) => [issuedDay, valueMinor]),
  ),
  measure(
    'invoices',
    'count',
    ['发票张数', 'Invoices'],
    ['开出的发票张数，按开票日。', 'Number of invoices, by the day of issue.'],
    ({ invoices }) => invoices.map(({ issuedDay }) => [issuedDay, 1n]),
  ),
  measure(
    'orders',
    'count',
    ['订单数', 'Orders'],
    ['下达且未取消的订单数，按下单日。', 'Orders placed and not cancelled, by their day.'],
    ({ history, windows: { asOf } }) =>
      history.orders
        .filter(({ cancelledOn }) => cancelledOn === null || cancelledOn > asOf)
        .map(({ orderedOn }) => [toEpochDay(orderedOn), 1n]),
  ),
  measure(
    'receipts',
    'money',
    ['回款额', 'Receipts'],
    ['收款和收到的票据，按入账日。', 'Payments and bills received, by their day.'],
    creditsOf(({ kind }) => kind !== 'credit-note' && kind !== 'write-off'),
  ),
  measure(
    'credit_notes',
    'money',
    ['红字额', 'Credit notes'],
    ['全部贷项（退货、折让等），按其日期。', 'All credit notes, by their day.'],
    creditsOf(({ kind }) => kind === 'credit-note'),
  ),
  measure(
    'returns',
    'money',
    ['退货额', 'Returns'],
    ['因退货开出的贷项，按其日期。', 'Credit notes for returned goods, by their day.'],
    creditsOf(({ kind, reason }) => kind === 'credit-note' && reason === 'return'),
  ),
  measure(
    'write_offs',
    'money',
    ['核销额', 'Write-offs'],
    ['核销的坏账，按核销日。', 'Written off as bad debt, by its day.'],
    creditsOf(({ kind }) => kind === 'write-off'),
  ),
  measure(
    'fell_overdue',
    'money',
    ['新增逾期额', 'Fell overdue'],
    [
      '到期日未付清的部分，按到期次日；后来付了也算。',
      'What was not paid on its due day, by the day after; also if it was paid later.',
    ],
    ({ asOfDay, invoices }) =>
      invoices.flatMap(({ dueDay, portions }) =>
        dueDay >= asOfDay
          ? []
          : portions
              .filter(({ paidDay }) => paidDay === null || paidDay > dueDay)
              .map(({ valueMinor }) => [dueDay + 1, valueMinor] as const),
      ),
  ),
]

/** A sum that some formula names, as an indicator of its own. */
export type WindowIndicator = {
  readonly indicator: Indicator
  readonly measure: WindowMeasure
  readonly span: Span
}

/** What an id like `sales_last_12m` stands for; null where it stands for no sum. */
export function windowIndicator(id: string): WindowIndicator | null {
  const read = readWindowId(id)
  const found = read && windowMeasures.find((each) => each.id === read.measure)
  if (!read || !found) return null
  const { span } = read
  const [unit, decimals] = found.unit === 'money' ? amount2 : wholeCount
  const label = {
    zh: windowText(found.label.zh, span, 'zh'),
    en: windowText(found.label.en, span, 'en'),
  }
  const indicator = {
    ...{ id, unit, decimals, label, meaning: found.meaning },
    source: 'ledger',
  } as const
  return { indicator, measure: found, span }
}

/** The sums of a party over windows as of a day, in its account currency; see `ledgerIndicatorsOf`. */
export function windowValues(
  history: PartyHistory,
  terms: LedgerTerms,
  wanted: readonly WindowIndicator[],
): IndicatorValues {
  if (wanted.length === 0) return {}
  const reading = readLedger(history, terms)
  return Object.fromEntries(
    wanted.map(({ indicator, measure: of, span }) => {
      const after = toEpochDay(beginOf(terms.asOf, span))
      const tally = openTally()
      for (const [day, part] of of.parts(reading)) {
        if (day > after && day <= reading.asOfDay) tallyUp(tally, part)
      }
      return [indicator.id, totalOf(tally)]
    }),
  )
}

function beginOf(asOf: Day, { count, unit }: Span): Day {
  return unit === 'months' ? addMonths(asOf, -count) : addDays(asOf, -count)
}

function measure(
  id: string,
  unit: WindowMeasure['unit'],
  label: readonly [string, string],
  meaning: readonly [string, string],
  parts: WindowMeasure['parts'],
): WindowMeasure {
  const told = ([zh, en]: readonly [string, string]) => ({ zh, en })
  return { id, unit, label: told(label), meaning: told(meaning), parts }
}

function creditsOf(
  isMeant: (credit: LedgerReading['credits'][number]['credit']) => boolean,
): WindowMeasure['parts'] {
  return ({ credits }) =>
    credits
      .filter(({ credit }) => isMeant(credit))
      .map(({ credit, valueMinor }) => [toEpochDay(credit.effectiveOn), valueMinor])
}
