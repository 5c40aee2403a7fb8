import { useRef } from 'react'
import { useKeys } from './use-keys.ts'

/** j and k go from row to row of the list inside, x ticks the row, other keys act on it. */
export function useRowKeys(of: {
  readonly tick?: ((key: string) => void) | undefined
  readonly acts?: Readonly<Record<string, (key: string | undefined) => void>>
}) {
  const ref = useRef<HTMLDivElement>(null)
  const rowInFocus = () => {
    const row = document.activeElement?.closest<HTMLElement>('[data-row-key]')
    return row && ref.current?.contains(row) ? row : undefined
  }
  const go = (step: 'nextElementSibling' | 'previousElementSibling') => {
    const row = rowInFocus()
    const next = row ? row[step] : ref.current?.querySelector('[data-row-key]')
    if (next instanceof HTMLElement && next.dataset.rowKey) next.focus()
  }
  const acts = Object.entries(of.acts ?? {}).map(([key, act]) => [
    key,
    () => act(rowInFocus()?.dataset.rowKey),
  ])
  useKeys({
    j: () => go('nextElementSibling'),
    k: () => go('previousElementSibling'),
    x: () => {
      const key = rowInFocus()?.dataset.rowKey
      if (key) of.tick?.(key)
    },
    ...Object.fromEntries(acts),
  })
  return ref
}
