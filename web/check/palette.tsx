import { Button, Input } from 'antd'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'
import { type PageEntry, type PaletteEntry, usePaletteEntries } from './palette-entries.ts'
import type { FoundCustomer } from './recent-customers.ts'

type Of = {
  readonly pages: readonly PageEntry[]
  readonly choose: (customer: FoundCustomer) => void
  readonly close: () => void
}

/** Finds customers, documents and pages; all of it by the keys alone. */
export function Palette(of: Of): ReactNode {
  const { say } = useWords()
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [place, setPlace] = useState(0)
  const { entries, isCurrent } = usePaletteEntries({ ...of, typed })
  const active = entries[Math.min(place, entries.length - 1)]
  const enter = useEntering(active, isCurrent)
  const move = (step: number) =>
    setPlace((Math.min(place, entries.length - 1) + step + entries.length) % entries.length)
  const onKeyDown = (event: KeyboardEvent) => {
    // A word that is still being composed is chosen by the same keys.
    if (event.nativeEvent.isComposing || entries.length === 0) return
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Enter') enter(event.shiftKey)
    else return
    event.preventDefault()
  }
  return (
    <>
      <Input
        autoFocus
        allowClear
        size="large"
        role="combobox"
        aria-label={say('check.find')}
        aria-expanded={entries.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(active && { 'aria-activedescendant': `${listId}-${active.key}` })}
        autoComplete="off"
        maxLength={100}
        placeholder={say('check.find.hint')}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setPlace(0)
        }}
        onKeyDown={onKeyDown}
      />
      <Entries
        {...{ entries, active, listId }}
        point={(entry) => setPlace(entries.indexOf(entry))}
      />
      <Hints active={active} second={() => enter(true)} />
    </>
  )
}

/** Enter before the answer is there counts as soon as it is: nobody waits to type on. */
function useEntering(active: PaletteEntry | undefined, isCurrent: boolean) {
  const awaited = useRef<'first' | 'second' | null>(null)
  const run = (isSecond: boolean) => {
    awaited.current = null
    if (isSecond && active?.second) active.second()
    else active?.run()
  }
  useEffect(() => {
    if (isCurrent && awaited.current) run(awaited.current === 'second')
  })
  return (isSecond: boolean) => {
    if (isCurrent) run(isSecond)
    else awaited.current = isSecond ? 'second' : 'first'
  }
}

function Entries(of: {
  readonly entries: readonly PaletteEntry[]
  readonly active: PaletteEntry | undefined
  readonly listId: string
  readonly point: (entry: PaletteEntry) => void
}): ReactNode {
  const { say } = useWords()
  const { active, entries, listId, point } = of
  const groups = [...new Set(entries.map(({ group }) => group))]
  useEffect(() => {
    if (active)
      document.getElementById(`${listId}-${active.key}`)?.scrollIntoView({ block: 'nearest' })
  }, [active, listId])
  return (
    <div
      role="listbox"
      id={listId}
      aria-label={say('check.found')}
      className="palette"
      tabIndex={-1}
    >
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: options stand in groups of a list box
        <div key={group} role="group" aria-label={say(`check.group.${group}`)}>
          <div className="palette-group" aria-hidden>
            {say(`check.group.${group}`)}
          </div>
          {entries
            .filter((entry) => entry.group === group)
            .map((entry) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the box above
              <div
                key={entry.key}
                id={`${listId}-${entry.key}`}
                role="option"
                tabIndex={-1}
                aria-selected={entry === active}
                className="palette-entry"
                onMouseMove={() => point(entry)}
                onClick={entry.run}
              >
                <span>{entry.name}</span>
                <span className="quiet">{entry.detail}</span>
              </div>
            ))}
        </div>
      ))}
    </div>
  )
}

function Hints(of: {
  readonly active: PaletteEntry | undefined
  readonly second: () => void
}): ReactNode {
  const { say } = useWords()
  const may = useMay()
  const isCustomer = of.active?.second !== undefined
  const first = isCustomer && may('check:run') ? 'check.box' : 'check.open'
  return (
    <div className="palette-hints">
      <span className="key-hints">
        <span>
          <kbd>↑ ↓</kbd> {say('ui.keys.move')}
        </span>
        <span>
          <kbd>Enter</kbd> {say(first)}
        </span>
        <span>
          <kbd>Esc</kbd> {say('ui.close')}
        </span>
      </span>
      {isCustomer && (
        <Button type="link" onClick={of.second}>
          {say('check.openFile')} <kbd>⇧ Enter</kbd>
        </Button>
      )}
    </div>
  )
}
