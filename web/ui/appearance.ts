import { useSyncExternalStore } from 'react'

/** What a person chose for this browser; it is not the business of the server. */
function keptChoice<Choice extends string>(name: string, choices: readonly Choice[]) {
  const key = `xinheng.${name}`
  const listeners = new Set<() => void>()
  const read = (): Choice => {
    const kept = localStorage.getItem(key) as Choice
    return choices.includes(kept) ? kept : (choices[0] as Choice)
  }
  return {
    choose(choice: Choice) {
      localStorage.setItem(key, choice)
      for (const tell of listeners) tell()
    },
    use: () =>
      useSyncExternalStore((tell) => {
        listeners.add(tell)
        return () => listeners.delete(tell)
      }, read),
  }
}

export const themeChoice = keptChoice('theme', ['system', 'light', 'dark'])
/** In what amounts are shown; exports are always in whole units. */
export const unitChoice = keptChoice('unit', ['1', '10000'])
export const menuChoice = keptChoice('menu', ['wide', 'narrow'])

/** What the system of the person prefers, as it is now. */
function useSystemPrefers(preference: MediaQueryList): boolean {
  return useSyncExternalStore(
    (tell) => {
      preference.addEventListener('change', tell)
      return () => preference.removeEventListener('change', tell)
    },
    () => preference.matches,
  )
}

const dark = window.matchMedia('(prefers-color-scheme: dark)')
const still = window.matchMedia('(prefers-reduced-motion: reduce)')

export function useIsDark(): boolean {
  const choice = themeChoice.use()
  const isSystemDark = useSystemPrefers(dark)
  return choice === 'dark' || (choice === 'system' && isSystemDark)
}

/** Whether nothing may move that need not: dialogs are there at once, and do not zoom. */
export function useIsStill(): boolean {
  return useSystemPrefers(still)
}
