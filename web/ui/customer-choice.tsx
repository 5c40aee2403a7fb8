import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import type { SearchHit, SearchReply } from '#contract/customer.ts'
import type { PartyFile, PartyPage } from '#contract/party.ts'
import { get } from './api.ts'
import { useSettled } from './use-settled.ts'
import { useWords } from './use-words.ts'

const pauseMs = 120

type Found = Pick<SearchHit, 'partyId' | 'code' | 'name' | 'closedOn'>

/** Finds a customer by a few letters of whatever one knows of it; gives its id. */
export function CustomerChoice(of: {
  readonly value?: string
  readonly onChange?: (id: string) => void
  readonly id?: string
  readonly autoFocus?: boolean
  readonly chosen?: () => void
  readonly clear?: () => void
  readonly label?: string
  readonly placeholder?: string
}): ReactNode {
  const { say } = useWords()
  const [typed, setTyped] = useState('')
  const text = useSettled(typed.trim(), pauseMs)
  const found = useQuery({
    queryKey: ['/api/search', 'customers', text],
    queryFn: ({ signal }) => (text === '' ? firstOnes(signal) : customersLike(text, signal)),
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
      placeholder={of.placeholder ?? say('ui.customer.hint')}
      notFoundContent={found.isFetching ? say('ui.loading') : say('ui.customer.none')}
      onChange={(id: string | undefined) => {
        if (id === undefined) return
        of.onChange?.(id)
        of.chosen?.()
      }}
      options={[...chosen, ...(found.data ?? [])].map(({ closedOn, code, name, partyId }) => ({
        value: partyId,
        label: `${name} · ${code}${closedOn ? ` · ${say('ui.customer.closed')}` : ''}`,
      }))}
    />
  )
}

async function customersLike(q: string, signal: AbortSignal): Promise<readonly Found[]> {
  const { items } = await get<SearchReply>('/api/search', { q }, signal)
  return items.filter(({ kind }) => kind === 'party')
}

/** Before anything is typed. */
async function firstOnes(signal: AbortSignal): Promise<readonly Found[]> {
  const { items } = await get<PartyPage>('/api/parties', { state: 'open', limit: 12 }, signal)
  return items.map(({ id, ...party }) => ({ ...party, partyId: id }))
}

/** The customer that is chosen, where it is not among those that were found. */
function useChosen(id: string | undefined, found: readonly Found[] | undefined): readonly Found[] {
  const isFound = found?.some(({ partyId }) => partyId === id) ?? false
  const party = useQuery({
    queryKey: [`/api/parties/${id}`],
    queryFn: () => get<PartyFile>(`/api/parties/${id}`),
    enabled: id !== undefined && found !== undefined && !isFound,
  })
  return id !== undefined && !isFound && party.data ? [{ ...party.data, partyId: id }] : []
}
