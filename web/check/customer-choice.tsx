import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import type { PartyPage } from '#contract/party.ts'
import { get } from '../ui/api.ts'
import { useWords } from '../ui/use-words.ts'

const pauseMs = 120

/** Finds a customer by a few letters of whatever one knows of it; gives its id. */
export function CustomerChoice(of: {
  readonly value?: string
  readonly onChange?: (id: string) => void
  readonly id?: string
  readonly autoFocus?: boolean
  readonly chosen?: () => void
}): ReactNode {
  const { say } = useWords()
  const [typed, setTyped] = useState('')
  const text = useSettled(typed)
  const found = useQuery({
    queryKey: ['/api/parties', 'choice', text],
    queryFn: ({ signal }) =>
      get<PartyPage>('/api/parties', { text: text || null, state: 'open', limit: 12 }, signal),
    placeholderData: (before) => before,
  })
  return (
    <Select
      {...(of.id === undefined ? {} : { id: of.id })}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      {...(of.value === undefined ? {} : { value: of.value })}
      autoFocus={of.autoFocus ?? false}
      placeholder={say('check.box.hint')}
      notFoundContent={found.isFetching ? say('ui.loading') : say('check.noCustomer')}
      onChange={(id: string) => {
        of.onChange?.(id)
        of.chosen?.()
      }}
      options={(found.data?.items ?? []).map(({ code, id, name }) => ({
        value: id,
        label: `${name} · ${code}`,
      }))}
    />
  )
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
