import Type from 'typebox'
import { Id, WriteQuery } from '#contract/common.ts'
import {
  AccountChange,
  AccountPage,
  AccountParams,
  AccountQuery,
  CreditAccount,
  LedgerPage,
  LedgerQuery,
  LimitChange,
  NewAccount,
  NewSecurity,
  NewTemporaryLimit,
  PartyAccounts,
  SecurityEnd,
  SecurityReply,
  StatusChange,
} from '#contract/exposure.ts'
import { PartyParams } from '#contract/receivable.ts'
import { changeAccount } from '#server/exposure/change-account.ts'
import { openAccount } from '#server/exposure/open-account.ts'
import { endSecurity, registerSecurity, securityReply } from '#server/exposure/register-security.ts'
import { securitiesOf } from '#server/exposure/security.store.ts'
import { setLimit } from '#server/exposure/set-limit.ts'
import { setStatus } from '#server/exposure/set-status.ts'
import { showAccounts, showAccountsOf, showOneAccount } from '#server/exposure/show-accounts.ts'
import { showLedger } from '#server/exposure/show-ledger.ts'
import { endTemporaryLimit, grantTemporaryLimit } from '#server/exposure/temporary-limit.ts'
import { type Route, route } from '#server/platform/route.ts'

const reading = {
  method: 'GET',
  tag: 'exposure',
  access: 'exposure:read',
  commands: [],
} as const
const writing = { method: 'POST', tag: 'exposure', query: WriteQuery } as const

const showing: Route[] = [
  route({
    ...reading,
    path: '/api/credit-accounts',
    reach: 'filtered',
    summary: 'Credit accounts with limit and exposure, by status, level, name or place',
    query: AccountQuery,
    reply: AccountPage,
    handle: ({ context, query }) => showAccounts(context, query),
  }),
  route({
    ...reading,
    path: '/api/parties/:partyId/credit-accounts',
    summary: 'The credit accounts of a party, and those above them that count it too',
    params: PartyParams,
    reply: PartyAccounts,
    handle: ({ context, params }) => showAccountsOf(context, params.partyId),
  }),
  route({
    ...reading,
    path: '/api/credit-accounts/:partyId/:id',
    summary: 'A credit account with its exposure by stage',
    params: AccountParams,
    reply: CreditAccount,
    handle: ({ context, params }) => showOneAccount(context, params),
  }),
  route({
    ...reading,
    path: '/api/credit-accounts/:partyId/:id/entries',
    summary: 'The ledger entries behind an account’s balances, latest first',
    params: AccountParams,
    query: LedgerQuery,
    reply: LedgerPage,
    handle: ({ context, params, query }) => showLedger(context, params, query),
  }),
  route({
    ...reading,
    path: '/api/parties/:partyId/securities',
    summary: 'Letters of credit, insured cover and collateral of a party',
    params: PartyParams,
    reply: Type.Object({ items: Type.Array(SecurityReply) }),
    handle: async ({ context, params }) => ({
      items: (await securitiesOf(context.db, params.partyId)).map(securityReply),
    }),
  }),
]

const changing: Route[] = [
  route({
    ...writing,
    path: '/api/parties/:partyId/credit-accounts',
    summary: 'Open an account for a segment or the group of a party',
    access: 'exposure:limit',
    commands: ['credit-account.open'],
    params: PartyParams,
    body: NewAccount,
    reply: CreditAccount,
    handle: ({ context, params, body }) => openAccount(context, params.partyId, body),
  }),
  route({
    ...writing,
    method: 'PUT',
    path: '/api/credit-accounts/:partyId/:id/limit',
    summary: 'Set the standing limit by hand; ratings leave it alone until its last day',
    access: 'exposure:limit',
    commands: ['credit-account.set-limit'],
    params: AccountParams,
    body: LimitChange,
    reply: CreditAccount,
    handle: ({ context, params, body }) => setLimit(context, params, body),
  }),
  route({
    ...writing,
    method: 'PUT',
    path: '/api/credit-accounts/:partyId/:id',
    summary: 'Set tolerance, agreed discount or dunning level; null returns to the policy’s',
    access: 'exposure:limit',
    commands: ['credit-account.change'],
    params: AccountParams,
    body: AccountChange,
    reply: CreditAccount,
    handle: ({ context, params, body }) => changeAccount(context, params, body),
  }),
  route({
    ...writing,
    method: 'PUT',
    path: '/api/credit-accounts/:partyId/:id/status',
    summary: 'Freeze, block, watch or open an account; the next check knows',
    access: 'exposure:freeze',
    commands: ['credit-account.set-status'],
    params: AccountParams,
    body: StatusChange,
    reply: CreditAccount,
    handle: ({ context, params, body }) => setStatus(context, params, body),
  }),
  route({
    ...writing,
    path: '/api/credit-accounts/:partyId/:id/temporary-limits',
    summary: 'Grant an amount on top of the standing limit for some days',
    access: 'exposure:limit',
    commands: ['credit-account.grant-temporary-limit'],
    params: AccountParams,
    body: NewTemporaryLimit,
    reply: CreditAccount,
    handle: ({ context, params, body }) => grantTemporaryLimit(context, params, body),
  }),
  route({
    ...writing,
    method: 'DELETE',
    path: '/api/credit-accounts/:partyId/:id/temporary-limits/:limitId',
    summary: 'End a temporary limit before its last day',
    access: 'exposure:limit',
    commands: ['credit-account.end-temporary-limit'],
    params: Type.Object({ partyId: Id, id: Id, limitId: Id }, { additionalProperties: false }),
    reply: CreditAccount,
    handle: ({ context, params }) => endTemporaryLimit(context, params),
  }),
  route({
    ...writing,
    path: '/api/parties/:partyId/securities',
    summary: 'Register a confirmed letter of credit, insured cover or collateral',
    access: 'exposure:secure',
    commands: ['security.register'],
    params: PartyParams,
    body: NewSecurity,
    reply: SecurityReply,
    handle: ({ context, params, body }) => registerSecurity(context, params.partyId, body),
  }),
  route({
    ...writing,
    path: '/api/securities/:partyId/:id/end',
    summary: 'End a security before its last day',
    access: 'exposure:secure',
    commands: ['security.end'],
    params: AccountParams,
    body: SecurityEnd,
    reply: SecurityReply,
    handle: ({ context, params, body }) => endSecurity(context, params, body),
  }),
]

export const exposureRoutes: Route[] = [...showing, ...changing]
