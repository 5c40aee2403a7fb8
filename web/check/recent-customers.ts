import type { SearchHit } from '#contract/customer.ts'
import { useMe } from '../user/use-me.ts'

export type FoundCustomer = Pick<SearchHit, 'partyId' | 'code' | 'name'>

const most = 8

/** Customers that the person asked about last in this browser, the latest first. */
export function useRecentCustomers(): {
  readonly recent: readonly FoundCustomer[]
  readonly remember: (customer: FoundCustomer) => void
} {
  const { data: me } = useMe()
  const key = `xinheng.recent.${me?.person?.login ?? me?.name ?? ''}`
  const recent = read(key)
  return {
    recent,
    remember: ({ code, name, partyId }) => {
      const others = recent.filter((one) => one.partyId !== partyId)
      localStorage.setItem(key, JSON.stringify([{ partyId, code, name }, ...others].slice(0, most)))
    },
  }
}

function read(key: string): readonly FoundCustomer[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isCustomer) : []
  } catch {
    return []
  }
}

function isCustomer(kept: unknown): kept is FoundCustomer {
  const { code, name, partyId } = (kept ?? {}) as Record<string, unknown>
  return [code, name, partyId].every((part) => typeof part === 'string')
}
