import type { Figure } from '#contract/report.ts'
import { amountText, signOf, type Unit } from '../ui/amount-text.ts'
import type { Say } from '../ui/use-words.ts'

type Kind = Pick<Figure, 'unit' | 'currency'>

/** A value of a figure as people read it. */
export function figureText(value: string | null, kind: Kind, say: Say, unit: Unit = '1'): string {
  if (value === null) return '-'
  switch (kind.unit) {
    case 'money':
      return `${amountText(value, unit)}${unit === '1' ? '' : ` ${say('ui.unit.10000')}`}`
    case 'share':
      return `${percentText(value)} %`
    case 'days':
      return say('figure.unit.days', { value: oneDecimal(value) })
    case 'hours':
      return say('figure.unit.hours', { value: oneDecimal(value) })
    case 'count':
      return amountText(value)
  }
}

/** By how much it changed, without its sign: that stands in front as a word and an arrow. */
export function changeText(change: string, kind: Kind, say: Say, unit: Unit): string {
  const size = change.replace('-', '')
  if (kind.unit === 'share') return say('figure.unit.points', { value: percentText(size) })
  return figureText(size, kind, say, unit)
}

/** Whether a change is good news. */
export function newsOf({ better, change }: Pick<Figure, 'better' | 'change'>) {
  const sign = change === null ? 0 : signOf(change)
  if (sign === 0) return 'same'
  if (better === 'neither') return 'neither'
  return sign < 0 === (better === 'lower') ? 'better' : 'worse'
}

// Shares, days and hours are no amounts: as numbers they lose nothing that is shown.
function percentText(share: string): string {
  return (Number(share) * 100).toFixed(1)
}

function oneDecimal(value: string): string {
  return Number(value).toFixed(1)
}
