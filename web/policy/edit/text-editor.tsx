import { Button, Input } from 'antd'
import { type ReactNode, useId, useRef, useState } from 'react'
import { parse } from 'yaml'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { useWords } from '../../ui/use-words.ts'
import { policyText } from '../policy-text.ts'

const mostBytes = 500_000

/** The whole policy as a small text: written here, or taken from a file and given as one. */
export function TextEditor(of: {
  readonly document: Canonical
  readonly fileName: string
  readonly take: (document: Canonical) => void
}): ReactNode {
  const { say } = useWords()
  const id = useId()
  const file = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(() => policyText(of.document))
  const [problem, setProblem] = useState<string | null>(null)
  const take = (written: string) => {
    setText(written)
    try {
      if (written.length > mostBytes) throw new Error(`> ${mostBytes} B`)
      of.take((parse(written, { maxAliasCount: 0 }) ?? {}) as Canonical)
      setProblem(null)
    } catch (error) {
      setProblem((error as Error).message.split('\n')[0] ?? '')
    }
  }
  return (
    <section className="card">
      <label htmlFor={id}>{say('edit.text.label')}</label>
      <Input.TextArea
        id={id}
        value={text}
        spellCheck={false}
        className="source-text"
        autoSize={{ minRows: 16, maxRows: 40 }}
        onChange={({ target }) => setText(target.value)}
      />
      <p role="status" className="negative">
        {problem !== null && say('edit.text.bad', { problem })}
      </p>
      <span className="acts">
        <Button type="primary" onClick={() => take(text)}>
          {say('edit.text.take')}
        </Button>
        <Button onClick={() => file.current?.click()}>{say('edit.text.import')}</Button>
        <Button onClick={() => download(of.fileName, text)}>{say('edit.text.export')}</Button>
        <input
          ref={file}
          type="file"
          accept=".yaml,.yml,.json,.txt"
          className="unseen"
          aria-label={say('edit.text.import')}
          tabIndex={-1}
          onChange={async ({ target }) => {
            const chosen = target.files?.[0]
            target.value = ''
            if (chosen) take(await chosen.text())
          }}
        />
      </span>
    </section>
  )
}

function download(name: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
