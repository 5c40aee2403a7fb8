import { IdParams, WriteQuery } from '#contract/common.ts'
import {
  CustomerChoices,
  CustomerExport,
  CustomerFilter,
  CustomerPage,
  NewView,
  SavedView,
  SavedViews,
  SearchQuery,
  SearchReply,
  ViewChange,
  ViewQuery,
} from '#contract/customer.ts'
import { customerChoices } from '#server/customer/customer-choices.ts'
import { exportCustomers } from '#server/customer/export-customers.ts'
import { listCustomers } from '#server/customer/list-customers.ts'
import { changeView, deleteView, listViews, saveView } from '#server/customer/save-view.ts'
import { search } from '#server/customer/search.ts'
import { type Route, route } from '#server/platform/route.ts'

const reading = { method: 'GET', tag: 'customer', access: 'party:read', commands: [] } as const

// A view is of the person who saves it.
const view = { tag: 'customer', access: 'signed-in' } as const

export const customerRoutes: Route[] = [
  route({
    ...reading,
    path: '/api/customers',
    reach: 'filtered',
    summary: 'Customers with grade, limit, exposure and what is overdue; totals of all pages',
    query: CustomerFilter,
    reply: CustomerPage,
    handle: ({ context, query }) => listCustomers(context, query),
  }),
  route({
    ...reading,
    path: '/api/customers.xlsx',
    reach: 'filtered',
    summary: 'The same list as an Excel file: filters, order and columns as they are seen',
    query: CustomerExport,
    handle: ({ context, query, http }) => exportCustomers(context, query, http.language),
  }),
  route({
    ...reading,
    path: '/api/customer-choices',
    reach: 'filtered',
    summary: 'What the filters of the list can be set to: grades, and the values in use',
    reply: CustomerChoices,
    handle: ({ context }) => customerChoices(context),
  }),
  route({
    ...reading,
    path: '/api/search',
    reach: 'filtered',
    summary: 'Customers, orders and invoices by what somebody begins to type, nearest first',
    query: SearchQuery,
    reply: SearchReply,
    handle: ({ context, query }) => search(context, query),
  }),
  route({
    ...view,
    method: 'GET',
    commands: [],
    path: '/api/views',
    reach: 'nothing',
    summary: 'Saved views of lists: own ones and those that are shared',
    query: ViewQuery,
    reply: SavedViews,
    handle: ({ context, query }) => listViews(context, query.page),
  }),
  route({
    ...view,
    method: 'POST',
    path: '/api/views',
    reach: 'nothing',
    summary: 'Save a view',
    commands: ['view.save'],
    query: WriteQuery,
    body: NewView,
    reply: SavedView,
    handle: ({ context, body }) => saveView(context, body),
  }),
  route({
    ...view,
    method: 'PUT',
    path: '/api/views/:id',
    reach: 'nothing',
    summary: 'Change a view of one’s own; administrators change any',
    commands: ['view.change'],
    params: IdParams,
    query: WriteQuery,
    body: ViewChange,
    reply: SavedView,
    handle: ({ context, params, body }) => changeView(context, params.id, body),
  }),
  route({
    ...view,
    method: 'DELETE',
    path: '/api/views/:id',
    reach: 'nothing',
    summary: 'Delete a view of one’s own; administrators delete any',
    commands: ['view.delete'],
    params: IdParams,
    query: WriteQuery,
    handle: ({ context, params }) => deleteView(context, params.id),
  }),
]
