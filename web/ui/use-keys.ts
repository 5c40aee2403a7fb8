import { useEffect, useRef } from 'react'

type Acts = Readonly<Record<string, (() => void) | undefined>>

/** Single keys of a page, while nobody types and no dialog is open. */
export function useKeys(acts: Acts): void {
  const latest = useRef(acts)
  latest.current = acts
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target) || isDialogOpen()) return
      const act = latest.current[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  const isTick = target instanceof HTMLInputElement && /checkbox|radio/.test(target.type)
  return !isTick && target.closest('input, textarea, select, [contenteditable]') !== null
}

function isDialogOpen(): boolean {
  const dialogs = document.querySelectorAll<HTMLElement>('[role="dialog"]')
  return [...dialogs].some((dialog) => dialog.offsetParent !== null)
}
