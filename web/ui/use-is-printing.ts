import { useSyncExternalStore } from 'react'

const paper = window.matchMedia('print')

/** Whether the page is being put on paper. */
export function useIsPrinting(): boolean {
  return useSyncExternalStore(
    (tell) => {
      paper.addEventListener('change', tell)
      return () => paper.removeEventListener('change', tell)
    },
    () => paper.matches,
  )
}
