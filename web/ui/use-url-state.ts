import { useSearchParams } from 'react-router'

/** Filters, order and columns of a page stand in its address: it can be kept, sent and gone back to. */
export function useUrlState(): {
  readonly values: Readonly<Record<string, string>>
  readonly set: (changes: Readonly<Record<string, string | null>>) => void
} {
  const [parameters, setParameters] = useSearchParams()
  return {
    values: Object.fromEntries(parameters),
    set: (changes) => {
      // Of the address as it is: what the page was last drawn with may lack another change.
      const next = new URLSearchParams(window.location.search)
      for (const [name, value] of Object.entries(changes)) {
        if (value === null || value === '') next.delete(name)
        else next.set(name, value)
      }
      setParameters(next, { replace: true })
    },
  }
}
