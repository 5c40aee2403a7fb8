import { useQuery } from '@tanstack/react-query'
import type { CreditFileShown, ExposureAccount } from '#contract/credit-file.ts'
import { get } from '../ui/api.ts'

/** The credit file as of a day; while another day is fetched the one before stands. */
export function useCreditFile(partyId: string, asOf: string | undefined) {
  const path = `/api/parties/${partyId}/credit-file`
  const asked = { 'as-of': asOf }
  return useQuery({
    queryKey: [path, asked],
    queryFn: ({ signal }) => get<CreditFileShown>(path, asked, signal),
    placeholderData: (before) => (before?.partyId === partyId ? before : undefined),
  })
}

/** The account of the customer itself, whose status and limit stand for it. */
export function ownAccount(file: CreditFileShown): ExposureAccount | undefined {
  return file.exposure.accounts.find(({ isOwn, level }) => isOwn && level === 'party')
}

/** Whether the ledger of exposure began only after the day, so that nothing is known of it. */
export function isBeforeLedger({ asOf, exposure }: CreditFileShown): boolean {
  return exposure.ledgerSinceOn !== null && asOf < exposure.ledgerSinceOn
}
