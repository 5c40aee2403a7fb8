import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { FormulaProblem } from '#contract/formula.ts'
import { useWords } from '../ui/use-words.ts'
import { type Completion, useCompletions } from './use-completions.ts'

/** A formula as it is written: names are completed, and a mistake is underlined where it stands. */
export function FormulaField(of: {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly problem: FormulaProblem | null
  /** Where the mistake is told in words. */
  readonly toldIn: string
}): ReactNode {
  const { say } = useWords()
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const complete = useCompletion(of, field)
  const { active, isOpen, items } = complete
  return (
    <div className="formula-field">
      <label htmlFor={id}>{say('formula.field')}</label>
      <div className="formula-stack">
        <Underlined value={of.value} problem={isOpen ? null : of.problem} />
        <textarea
          ref={field}
          id={id}
          role="combobox"
          spellCheck={false}
          autoComplete="off"
          placeholder={say('formula.hint')}
          value={of.value}
          aria-invalid={of.problem !== null}
          aria-describedby={of.toldIn}
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={`${id}-list`}
          {...(isOpen && { 'aria-activedescendant': `${id}-${active}` })}
          onChange={(event) => complete.type(event.target.value)}
          onKeyDown={complete.onKeyDown}
          onBlur={complete.close}
        />
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={say('formula.suggestions')}
          className="formula-list"
          hidden={!isOpen}
        >
          {items.map((item, place) => (
            <div
              key={item.key}
              id={`${id}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === active}
              onMouseDown={(event) => {
                event.preventDefault()
                complete.take(item)
              }}
            >
              <strong>{item.label}</strong>
              <span className="quiet">{item.meaning}</span>
            </div>
          ))}
        </div>
      </div>
      <p className="quiet formula-keys">{say('formula.keys')}</p>
    </div>
  )
}

/** The same text behind the field, with the mistake marked. */
function Underlined(of: {
  readonly value: string
  readonly problem: FormulaProblem | null
}): ReactNode {
  const { problem, value } = of
  if (!problem) return <div className="formula-behind" aria-hidden />
  const { from, to } = problem
  // At the end there is nothing to underline: a space stands for what is missing.
  const marked = value.slice(from, to) || ' '
  return (
    <div className="formula-behind" aria-hidden>
      {value.slice(0, from)}
      <mark>{marked}</mark>
      {value.slice(to)}
    </div>
  )
}

function useCompletion(
  of: { readonly value: string; readonly onChange: (value: string) => void },
  field: { readonly current: HTMLTextAreaElement | null },
) {
  const find = useCompletions()
  const [word, setWord] = useState<Word | null>(null)
  const [active, setActive] = useState(0)
  const [caret, setCaret] = useState<number | null>(null)
  // The caret goes behind what was taken once it stands in the field.
  useEffect(() => {
    if (caret === null) return
    field.current?.setSelectionRange(caret, caret)
    setCaret(null)
  }, [caret, field])
  const items = word ? find(word.text) : []
  const isOpen = items.length > 0
  const close = () => setWord(null)
  const take = ({ write }: Completion) => {
    if (!word) return
    of.onChange(of.value.slice(0, word.from) + write + of.value.slice(word.to))
    setCaret(word.from + write.length)
    close()
  }
  const type = (value: string) => {
    of.onChange(value)
    setActive(0)
    setWord(wordBefore(value, field.current?.selectionStart ?? value.length))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method is composing, its keys are its own.
    if (!isOpen || event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const chosen = items[active]
    if (step !== 0) setActive((active + step + items.length) % items.length)
    else if (event.key === 'Escape') close()
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) take(chosen)
    else return
    event.preventDefault()
  }
  return { active, close, isOpen, items, onKeyDown, take, type }
}

type Word = { readonly text: string; readonly from: number; readonly to: number }

/** The name that is being typed; nothing inside a text. */
function wordBefore(value: string, caret: number): Word | null {
  const before = value.slice(0, caret)
  if ((before.match(/["“”]/g)?.length ?? 0) % 2 === 1) return null
  const found = /\[[^\]]*$|[\p{L}_][\p{L}\p{N}_]*$/u.exec(before)?.[0]
  if (found === undefined) return null
  return { text: found.replace('[', ''), from: caret - found.length, to: caret }
}
