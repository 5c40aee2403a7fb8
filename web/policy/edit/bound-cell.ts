import type { Canonical } from '#kernel/decision/canonical.ts'
import type { Path } from './editing.ts'
import { textAt, withValue } from './editing.ts'
import type { GridCell } from './grid.tsx'

const keys = {
  lower: { closed: 'from', open: 'above', closedSign: '≥', openSign: '>' },
  upper: { closed: 'upTo', open: 'below', closedSign: '≤', openSign: '<' },
} as const

/**
 * A bound of a bin as one types it: `≤ 30`, `<30`, or `30`, which keeps the sign that was there. Nothing
 * leaves it open.
 */
export function boundCell(entry: Canonical, path: Path, side: 'lower' | 'upper'): GridCell {
  const { closed, closedSign, open, openSign } = keys[side]
  const isOpen = textAt(entry, [open]) !== ''
  const value = isOpen ? textAt(entry, [open]) : textAt(entry, [closed])
  return {
    // Problems are told of the bin's own keys; the bin is what is written.
    path,
    text: value === '' ? '' : `${isOpen ? openSign : closedSign} ${value}`,
    read: (typed) => readBound(entry, side, typed),
  }
}

export function readBound(entry: Canonical, side: 'lower' | 'upper', typed: string): Canonical {
  const { closed, open, openSign } = keys[side]
  const [, sign = '', value = ''] = /^\s*(>=|<=|[≥≤><＞＜]?)\s*(.*?)\s*$/.exec(typed) ?? []
  const wasOpen = textAt(entry, [open]) !== ''
  const narrow = sign.replace('＞', '>').replace('＜', '<')
  const isOpen = narrow === '' ? wasOpen : narrow === openSign
  const without = withValue(withValue(entry, [closed], undefined), [open], undefined)
  return value === '' && sign === '' ? without : withValue(without, [isOpen ? open : closed], value)
}
