import { App, Button } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from './use-words.ts'

/** Copies a text for elsewhere. */
export function CopyButton(of: { readonly text: string; readonly label?: string }): ReactNode {
  const { say } = useWords()
  const { message } = App.useApp()
  const copy = async () => {
    if (await copied(of.text)) message.success(say('ui.copied'))
    else message.warning(say('ui.copy.byHand'))
  }
  return (
    <Button size="small" onClick={copy}>
      {of.label ?? say('ui.copy')}
    </Button>
  )
}

async function copied(text: string): Promise<boolean> {
  try {
    // Not there where the page was fetched without TLS from another machine.
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
