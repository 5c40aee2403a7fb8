import { useQuery } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import type { SearchHit, SearchReply } from '#contract/customer.ts'
import { get, pathWith } from '../ui/api.ts'
import { useSettled } from '../ui/use-settled.ts'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'
import { type WordKey, words } from '../words.ts'
import { type FoundCustomer, useRecentCustomers } from './recent-customers.ts'

const pauseMs = 60

export type PageEntry = { readonly to: string; readonly name: WordKey }

export type PaletteEntry = {
  readonly key: string
  readonly group: 'recent' | 'customer' | 'order' | 'invoice' | 'page'
  readonly name: string
  readonly detail: string
  readonly run: () => void
  /** What Shift and Enter do. */
  readonly second?: () => void
}

type Of = {
  readonly typed: string
  readonly pages: readonly PageEntry[]
  readonly choose: (customer: FoundCustomer) => void
  readonly close: () => void
}

/** What the box offers for what was typed; with nothing typed the customers asked about last. */
export function usePaletteEntries({ choose, close, pages, typed }: Of): {
  readonly entries: readonly PaletteEntry[]
  /** Whether they belong to all that was typed. */
  readonly isCurrent: boolean
} {
  const { say } = useWords()
  const may = useMay()
  const navigate = useNavigate()
  const { recent, remember } = useRecentCustomers()
  const text = useSettled(typed.trim(), pauseMs)
  const found = useQuery({
    queryKey: ['/api/search', text],
    queryFn: ({ signal }) => get<SearchReply>('/api/search', { q: text }, signal),
    enabled: text !== '',
    placeholderData: (before) => before,
  })
  const go = (to: string) => {
    close()
    navigate(to)
  }
  const customer = (
    group: 'recent' | 'customer',
    one: FoundCustomer & { readonly closedOn?: string | null },
  ): PaletteEntry => {
    const act = (run: () => void) => () => {
      remember(one)
      run()
    }
    const open = act(() => go(`/customers/${one.partyId}`))
    return {
      ...{ key: one.partyId, group, name: one.name, second: open },
      detail: one.closedOn ? `${one.code} · ${say('ui.customer.closed')}` : one.code,
      run: may('check:run') ? act(() => choose(one)) : open,
    }
  }
  if (typed.trim() === '') {
    const entries = [
      ...recent.map((one) => customer('recent', one)),
      ...pages.map((page) => pageEntry(page, say(page.name), go)),
    ]
    return { entries, isCurrent: true }
  }
  const entries = [
    ...(found.data?.items ?? []).map((hit) =>
      hit.kind === 'party' ? customer('customer', hit) : documentEntry(hit, go),
    ),
    ...pages
      .filter(({ name }) => isNamed(name, text))
      .map((page) => pageEntry(page, say(page.name), go)),
    listEntry(text, say('check.inList', { text }), go),
  ]
  const isCurrent = typed.trim() === text && !found.isPlaceholderData && !found.isPending
  return { entries: entries.sort(byGroup), isCurrent }
}

const order = ['recent', 'customer', 'order', 'invoice', 'page'] as const
const byGroup = (one: PaletteEntry, other: PaletteEntry) =>
  order.indexOf(one.group) - order.indexOf(other.group)

function documentEntry(hit: SearchHit, go: (to: string) => void): PaletteEntry {
  const isOrder = hit.kind === 'order'
  return {
    ...{ key: hit.id, group: isOrder ? 'order' : 'invoice' },
    ...{ name: hit.number ?? '', detail: hit.name },
    run: () => go(isOrder ? `/orders/${hit.id}` : `/invoices/${hit.partyId}/${hit.id}`),
  }
}

function pageEntry({ to }: PageEntry, name: string, go: (to: string) => void): PaletteEntry {
  return { key: to, group: 'page', name, detail: '', run: () => go(to) }
}

function listEntry(text: string, name: string, go: (to: string) => void): PaletteEntry {
  const to = pathWith('/customers', { text })
  return { key: 'list', group: 'page', name, detail: '', run: () => go(to) }
}

/** A page is found in either language. */
function isNamed(name: WordKey, text: string): boolean {
  return words[name].some((word) => word.toLowerCase().includes(text.toLowerCase()))
}
