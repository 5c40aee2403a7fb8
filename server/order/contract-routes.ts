import { IdParams, WriteQuery } from '#contract/common.ts'
import {
  ContractChange,
  ContractFile,
  ContractFilter,
  ContractPage,
  NewContract,
} from '#contract/sales-contract.ts'
import { changeContract } from '#server/order/change-contract.ts'
import { partyOfContract } from '#server/order/contract.store.ts'
import { recordContract } from '#server/order/record-contract.ts'
import { listContracts, showContract } from '#server/order/show-contract.ts'
import { type Route, route } from '#server/platform/route.ts'

const reading = { method: 'GET', tag: 'order', access: 'order:read', commands: [] } as const
const writing = { method: 'POST', tag: 'order', access: 'order:write', query: WriteQuery } as const
const ofContract: Route['reach'] = (db, { id = '' }) => partyOfContract(db, id)

export const contractRoutes: Route[] = [
  route({
    ...reading,
    path: '/api/contracts',
    reach: 'filtered',
    summary: 'Contracts with what was called off and delivered, latest signed first',
    query: ContractFilter,
    reply: ContractPage,
    handle: ({ context, query }) => listContracts(context, query),
  }),
  route({
    ...reading,
    path: '/api/contracts/:id',
    reach: ofContract,
    summary: 'A contract with the orders that called it off',
    params: IdParams,
    reply: ContractFile,
    handle: ({ context, params }) => showContract(context, params.id),
  }),
  route({
    ...writing,
    path: '/api/contracts',
    reach: 'filtered',
    summary: 'Keep a contract that orders will call off',
    commands: ['contract.record'],
    body: NewContract,
    reply: ContractFile,
    handle: ({ context, body }) => recordContract(context, body),
  }),
  route({
    ...writing,
    method: 'PUT',
    path: '/api/contracts/:id',
    reach: ofContract,
    summary: 'Change a contract, or end it',
    commands: ['contract.change'],
    params: IdParams,
    body: ContractChange,
    reply: ContractFile,
    handle: ({ context, params, body }) => changeContract(context, params.id, body),
  }),
]
