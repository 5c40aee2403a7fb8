export { deletePartiesOfBatch } from '#server/party/batch.store.ts'
export {
  type ChargeLinks,
  chargeLinksOf,
  partiesTiedTo,
  tiedParties,
} from '#server/party/charge-links.store.ts'
export { findPartyByKey } from '#server/party/find-party-by-key.ts'
export { idsOfGroup } from '#server/party/group.store.ts'
export {
  changeImportedParties,
  insertImportedParties,
  type ReplacedParty,
  restoreParties,
} from '#server/party/imported-party.store.ts'
export { insertParties, type NewPartyRow } from '#server/party/insert-parties.ts'
export { insertStagedParties, matchStagedParties } from '#server/party/insert-staged.store.ts'
export {
  compareImportedParties,
  type ImportedParty,
  judgeLinks,
  resolveLinks,
} from '#server/party/judge-imported.store.ts'
export {
  idsOfParties,
  listedParties,
  partyOf,
} from '#server/party/listed-party.store.ts'
export { mergedPairs } from '#server/party/merged-pair.store.ts'
export { partiesOwnedBy, partyCodes } from '#server/party/parties-owned-by.ts'
export { familiesOf, familyIdsOf, findParties } from '#server/party/party.store.ts'
export { partyAsOf } from '#server/party/party-as-of.ts'
export { idsOfText } from '#server/party/party-list.store.ts'
export {
  countCustomers,
  customersOf,
  findRatedParties,
  nextCustomers,
  type RatedParty,
} from '#server/party/rated-party.store.ts'
export { searchParties } from '#server/party/search-parties.ts'
export { unknownParties } from '#server/party/unknown-parties.store.ts'
export { pageOfSeen } from '#server/party/visible-page.ts'
export {
  isOfFew,
  measuredScope,
  ofPartiesInSum,
  ownedBy,
  seesParty,
  visibleIds,
  visibleParty,
} from '#server/party/visible-party.ts'
