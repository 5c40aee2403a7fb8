import { Input } from 'antd'
import type { ReactNode } from 'react'
import type { WordKey } from '../words.ts'
import { useWords } from './use-words.ts'

/** A reason in one's own words, or one of those that are used every day (常用语). */
export function ReasonInput(of: {
  readonly phrases: readonly WordKey[]
  readonly value?: string
  readonly onChange?: (reason: string) => void
  readonly id?: string
}): ReactNode {
  const { say } = useWords()
  return (
    <>
      <Input.TextArea
        {...(of.id !== undefined && { id: of.id })}
        value={of.value ?? ''}
        maxLength={500}
        autoSize={{ minRows: 2, maxRows: 6 }}
        onChange={(event) => of.onChange?.(event.target.value)}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a set of fields draws a frame of its own */}
      <div role="group" aria-label={say('ui.phrases')} className="phrases">
        <span aria-hidden className="phrases-name">
          {say('ui.phrases')}
        </span>
        {of.phrases.map((phrase) => (
          <button
            key={phrase}
            type="button"
            className="phrase"
            aria-pressed={of.value === say(phrase)}
            onClick={() => of.onChange?.(say(phrase))}
          >
            {say(phrase)}
          </button>
        ))}
      </div>
    </>
  )
}
