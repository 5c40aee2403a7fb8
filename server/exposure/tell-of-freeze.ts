import type { Account } from '#server/exposure/account.store.ts'
import { notify } from '#server/notice/public.ts'
import { findParties } from '#server/party/public.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'

/** Credit managers and who sells to the party are told that nothing passes any more, or again. */
export async function tellOfFreeze(
  tx: CommandTransaction,
  account: Account,
  of: { readonly isFrozen: boolean; readonly by: string; readonly reason: string },
): Promise<void> {
  const [party] = await findParties(tx, [account.partyId])
  if (!party) return
  const name = `${party.code} ${party.name}`
  const body = `${of.by}: ${of.reason}`
  await notify(tx, {
    kind: of.isFrozen ? 'account.frozen' : 'account.unfrozen',
    roles: ['credit-manager'],
    names: party.salesperson === null ? [] : [party.salesperson],
    partyId: party.id,
    subject: of.isFrozen
      ? { zh: `${name} 的信用账户被冻结`, en: `The account of ${name} is frozen` }
      : { zh: `${name} 的信用账户已解冻`, en: `The account of ${name} is unfrozen` },
    body: { zh: body, en: body },
    path: `/api/credit-accounts/${account.partyId}/${account.id}`,
  })
}
