import type { Notice } from '#contract/notice.ts'

/** The page of what a notice is about; where it has none, that of the customer. */
export function pageOf({ partyId, path }: Pick<Notice, 'path' | 'partyId'>): string | null {
  if (path === '/') return '/today'
  if (path?.startsWith('/policies/')) return path
  const page = /^\/api(\/(?:holds|orders|invoices)\/.+)$/.exec(path ?? '')?.[1]
  if (page !== undefined) return page
  if (partyId === null) return null
  return `/customers/${partyId}${path?.endsWith('/notes') ? '?tab=people' : ''}`
}
