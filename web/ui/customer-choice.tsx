import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import type { PartyFile, PartyPage } from '#contract/party.ts'
import { get } from './api.ts'
import { useWords } from './use-words.ts'

const pauseMs = 120

/** Finds a customer by a few letters of whatever one knows of it; gives its id. */
export function CustomerChoice(of: {
  readonly value?: string
  readonly onChange?: (id: string) => void
  readonly id?: string
  readonly autoFocus?: boolean
  readonly chosen?: () => void
  readonly clear?: () => void
  readonly label?: string
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
  const chosen = useChosen(of.value, found.data)
  return (
    <Select
      {...(of.id === undefined ? {} : { id: of.id })}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      {...(of.value === undefined ? {} : { value: of.value })}
      autoFocus={of.autoFocus ?? false}
      {...(of.clear && { allowClear: true, onClear: of.clear })}
      {...(of.label !== undefined && { 'aria-label': of.label })}
      popupMatchSelectWidth={false}
      placeholder={say('ui.customer.hint')}
      notFoundContent={found.isFetching ? say('ui.loading') : say('ui.customer.none')}
      onChange={(id: string | undefined) => {
        if (id === undefined) return
        of.onChange?.(id)
        of.chosen?.()
      }}
      options={[...chosen, ...(found.data?.items ?? [])].map(({ code, id, name }) => ({
        value: id,
        label: `${name} · ${code}`,
      }))}
    />
  )
}

/** The customer that is chosen, where it is not among those that were found. */
function useChosen(id: string | undefined, found: PartyPage | undefined) {
  const isFound = found?.items.some((item) => item.id === id) ?? false
  const party = useQuery({
    queryKey: [`/api/parties/${id}`],
    queryFn: () => get<PartyFile>(`/api/parties/${id}`),
    enabled: id !== undefined && found !== undefined && !isFound,
  })
  return id !== undefined && !isFound && party.data ? [party.data] : []
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
