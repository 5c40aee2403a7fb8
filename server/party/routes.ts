import Type, { type TSchema } from 'typebox'
import { Id, WriteQuery } from '#contract/common.ts'
import {
  DuplicateSearch,
  DuplicateSuggestion,
  NewBankAccount,
  NewContact,
  NewIdentifier,
  NewMerge,
  NewOtherName,
  NewParty,
  Party,
  PartyChange,
  PartyChangeRecord,
  PartyChoiceQuery,
  PartyChoices,
  PartyFile,
  PartyFilter,
  PartyHead,
  PartyPage,
} from '#contract/party.ts'
import { addBankAccount } from '#server/party/add-bank-account.ts'
import { addContact } from '#server/party/add-contact.ts'
import { addIdentifier } from '#server/party/add-identifier.ts'
import { addOtherName } from '#server/party/add-other-name.ts'
import { changeContact } from '#server/party/change-contact.ts'
import { changeParty } from '#server/party/change-party.ts'
import { createParty } from '#server/party/create-party.ts'
import { historyOfParty } from '#server/party/history-of-party.ts'
import { listParties } from '#server/party/list-parties.ts'
import { mergeParties } from '#server/party/merge-parties.ts'
import { partyChoices } from '#server/party/party-choices.store.ts'
import { removeFromFile } from '#server/party/remove-from-file.ts'
import { requestDuplicateSearch } from '#server/party/search-duplicates.ts'
import { showParty } from '#server/party/show-party.ts'
import { suggestDuplicates } from '#server/party/suggest-duplicates.ts'
import { undoMerge } from '#server/party/undo-merge.ts'
import { type Route, route } from '#server/platform/route.ts'

const tag = 'party'
const PartyParams = Type.Object({ partyId: Id }, { additionalProperties: false })
const PartParams = Type.Object({ partyId: Id, id: Id }, { additionalProperties: false })
const Added = Type.Object({ id: Type.String() })
const itemsOf = (item: TSchema) => Type.Object({ items: Type.Array(item) })
const MergeReply = Type.Object({
  id: Type.String(),
  partyId: Type.String(),
  duplicateId: Type.String(),
})

export const partyRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/api/parties',
    tag,
    summary: 'Parties by code or name, filtered',
    access: 'party:read',
    reach: 'filtered',
    commands: [],
    query: PartyFilter,
    reply: PartyPage,
    handle: ({ context, query }) => listParties(context, query),
  }),
  route({
    method: 'POST',
    path: '/api/parties',
    tag,
    summary: 'Open a credit file; tells parties that may be the same',
    access: 'party:write',
    reach: 'filtered',
    commands: ['party.create'],
    query: WriteQuery,
    body: NewParty,
    reply: Type.Object({
      id: Type.String(),
      code: Type.String(),
      duplicates: Type.Array(DuplicateSuggestion),
    }),
    handle: ({ context, body }) => createParty(context, body),
  }),
  route({
    method: 'GET',
    path: '/api/party-choices',
    reach: 'nothing',
    tag,
    summary: 'The salespeople, departments, industries or regions that parties have',
    access: 'party:read',
    commands: [],
    query: PartyChoiceQuery,
    reply: PartyChoices,
    handle: async ({ context, query }) => ({
      items: [...(await partyChoices(context.db, query.field))],
    }),
  }),
  route({
    method: 'GET',
    path: '/api/parties/:partyId',
    tag,
    summary: 'The whole credit file',
    access: 'party:read',
    commands: [],
    params: PartyParams,
    reply: PartyFile,
    handle: ({ context, params }) => showParty(context, params.partyId),
  }),
  route({
    method: 'PUT',
    path: '/api/parties/:partyId',
    tag,
    summary: 'Change the fields that are given; a new name keeps the old one as a former name',
    access: 'party:write',
    commands: ['party.change'],
    params: PartyParams,
    query: WriteQuery,
    body: PartyChange,
    reply: Party,
    handle: ({ context, params, body }) => changeParty(context, params.partyId, body),
  }),
  route({
    method: 'GET',
    path: '/api/parties/:partyId/history',
    tag,
    summary: 'Which fields changed, when and by whom',
    access: 'party:read',
    commands: [],
    params: PartyParams,
    reply: itemsOf(PartyChangeRecord),
    handle: ({ context, params }) => historyOfParty(context, params.partyId),
  }),
  route({
    method: 'GET',
    path: '/api/parties/:partyId/duplicates',
    tag,
    summary: 'Parties that may be the same one',
    access: 'party:read',
    commands: [],
    params: PartyParams,
    reply: itemsOf(DuplicateSuggestion),
    handle: async ({ context, params }) => ({
      items: await suggestDuplicates(context, params.partyId),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/parties/:partyId/identifiers',
    tag,
    summary: 'Add an identifier',
    access: 'party:write',
    commands: ['party.add-identifier'],
    params: PartyParams,
    query: WriteQuery,
    body: NewIdentifier,
    reply: Type.Object({
      id: Type.String(),
      value: Type.String(),
      isValid: Type.Boolean(),
      alsoHeldBy: Type.Array(PartyHead),
    }),
    handle: ({ context, params, body }) => addIdentifier(context, params.partyId, body),
  }),
  route({
    method: 'POST',
    path: '/api/parties/:partyId/names',
    tag,
    summary: 'Add a former name or an alias',
    access: 'party:write',
    commands: ['party.add-name'],
    params: PartyParams,
    query: WriteQuery,
    body: NewOtherName,
    reply: Added,
    handle: ({ context, params, body }) => addOtherName(context, params.partyId, body),
  }),
  route({
    method: 'POST',
    path: '/api/parties/:partyId/contacts',
    tag,
    summary: 'Add a contact',
    access: 'party:write',
    commands: ['party.add-contact'],
    params: PartyParams,
    query: WriteQuery,
    body: NewContact,
    reply: Added,
    handle: ({ context, params, body }) => addContact(context, params.partyId, body),
  }),
  route({
    method: 'PUT',
    path: '/api/parties/:partyId/contacts/:id',
    tag,
    summary: 'Write a contact anew',
    access: 'party:write',
    commands: ['party.change-contact'],
    params: PartParams,
    query: WriteQuery,
    body: NewContact,
    reply: Added,
    handle: ({ context, params, body }) => changeContact(context, params.partyId, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/api/parties/:partyId/bank-accounts',
    tag,
    summary: 'Add a bank account',
    access: 'party:write',
    commands: ['party.add-bank-account'],
    params: PartyParams,
    query: WriteQuery,
    body: NewBankAccount,
    reply: Added,
    handle: ({ context, params, body }) => addBankAccount(context, params.partyId, body),
  }),
  removal('identifiers', 'identifier', 'an identifier'),
  removal('names', 'name', 'a former name or alias'),
  removal('contacts', 'contact', 'a contact'),
  removal('bank-accounts', 'bank-account', 'a bank account'),
  route({
    method: 'POST',
    path: '/api/parties/:partyId/merges',
    tag,
    summary: 'Merge a duplicate into this party; nothing is moved, so it can be undone',
    access: 'party:merge',
    commands: ['party.merge'],
    params: PartyParams,
    query: WriteQuery,
    body: NewMerge,
    reply: MergeReply,
    handle: ({ context, params, body }) => mergeParties(context, params.partyId, body),
  }),
  route({
    method: 'DELETE',
    path: '/api/parties/:partyId/merges/:id',
    tag,
    summary: 'Undo a merge',
    access: 'party:merge',
    commands: ['party.undo-merge'],
    params: PartParams,
    query: WriteQuery,
    reply: MergeReply,
    handle: ({ context, params }) => undoMerge(context, params.partyId, params.id),
  }),
  route({
    method: 'POST',
    path: '/api/party-duplicates/search',
    tag,
    summary: 'Search all parties for duplicates as a job',
    access: 'party:merge',
    reach: 'company',
    commands: ['party.search-duplicates'],
    query: WriteQuery,
    body: DuplicateSearch,
    reply: Type.Object({ jobId: Type.String() }),
    handle: ({ context, body }) => requestDuplicateSearch(context, body),
  }),
]

function removal(path: string, part: Parameters<typeof removeFromFile>[1], what: string): Route {
  return route({
    method: 'DELETE',
    path: `/api/parties/:partyId/${path}/:id`,
    tag,
    summary: `Remove ${what}`,
    access: 'party:write',
    commands: [`party.remove-${part}`],
    params: PartParams,
    query: WriteQuery,
    reply: Added,
    handle: ({ context, params }) => removeFromFile(context, part, params.partyId, params.id),
  })
}
