import { IdParams, WriteQuery } from '#contract/common.ts'
import {
  DeliveryInvoice,
  NewDelivery,
  NewOrder,
  NewReturn,
  OrderAnswer,
  OrderChange,
  OrderClosing,
  OrderCopy,
  OrderEnd,
  OrderHistory,
  OrderQuery,
} from '#contract/order.ts'
import { OrderExport, OrderFilter, OrderPage } from '#contract/order-list.ts'
import { Invoice, PartyParams } from '#contract/receivable.ts'
import { holdRoutes } from '#server/check/public.ts'
import { amendOrder } from '#server/order/amend-order.ts'
import { cancelOrder } from '#server/order/cancel-order.ts'
import { checkOrder } from '#server/order/check-order.ts'
import { closeOrder } from '#server/order/close-order.ts'
import { confirmOrder } from '#server/order/confirm-order.ts'
import { contractRoutes } from '#server/order/contract-routes.ts'
import { copyOrder } from '#server/order/copy-order.ts'
import { createOrder } from '#server/order/create-order.ts'
import { deliverOrder } from '#server/order/deliver-order.ts'
import { exportOrders } from '#server/order/export-orders.ts'
import { followHolds } from '#server/order/follow-holds.ts'
import { invoiceDeliveries } from '#server/order/invoice-deliveries.ts'
import { listOrders } from '#server/order/list-orders.ts'
import { partyOfOrder } from '#server/order/order.store.ts'
import { reopenOrder } from '#server/order/reopen-order.ts'
import { returnGoods } from '#server/order/return-goods.ts'
import { showOrder } from '#server/order/show-order.ts'
import { type Route, route } from '#server/platform/route.ts'

const reading = { method: 'GET', tag: 'order', access: 'order:read', commands: [] } as const
const writing = { method: 'POST', tag: 'order', access: 'order:write', query: WriteQuery } as const
const ofOrder: Route['reach'] = (db, { id = '' }) => partyOfOrder(db, id)
const acting = { ...writing, reach: ofOrder, params: IdParams, reply: OrderAnswer } as const

const lists: Route[] = [
  route({
    ...reading,
    path: '/api/orders',
    reach: 'filtered',
    summary: 'Orders, latest first; with late=true what is late longest first',
    query: OrderFilter,
    reply: OrderPage,
    handle: ({ context, query }) => listOrders(context, query),
  }),
  route({
    ...reading,
    path: '/api/orders.xlsx',
    reach: 'filtered',
    summary: 'The list of orders as an Excel file',
    query: OrderExport,
    handle: ({ context, http, query: { language, ...query } }) =>
      exportOrders(context, query, language ?? http.language),
  }),
  route({
    ...reading,
    path: '/api/orders/:id',
    reach: ofOrder,
    summary: 'An order with its lines, deliveries and checks, and how far it has come',
    params: IdParams,
    reply: OrderHistory,
    handle: ({ context, params }) => showOrder(context, params.id),
  }),
  route({
    ...reading,
    access: 'party:read',
    path: '/api/parties/:partyId/orders',
    summary: 'Orders of a party and its duplicates with what was delivered, latest first',
    params: PartyParams,
    query: OrderQuery,
    reply: OrderPage,
    handle: ({ context, params, query }) =>
      listOrders(context, { ...query, party: params.partyId }),
  }),
]

const life: Route[] = [
  route({
    ...writing,
    path: '/api/orders',
    reach: 'filtered',
    summary: 'Take an order down as a draft',
    commands: ['order.create'],
    body: NewOrder,
    reply: OrderAnswer,
    handle: ({ context, body }) => createOrder(context, body),
  }),
  route({
    ...acting,
    method: 'PUT',
    path: '/api/orders/:id',
    summary: 'Amend an order; what raises exposure passes the gate or waits for its release',
    commands: ['order.amend'],
    body: OrderChange,
    handle: ({ context, params, body }) => amendOrder(context, params.id, body),
  }),
  route({
    ...acting,
    path: '/api/orders/:id/check',
    summary: 'Ask whether a draft would pass, without keeping room for it',
    commands: ['order.check'],
    handle: ({ context, params }) => checkOrder(context, params.id),
  }),
  route({
    ...acting,
    path: '/api/orders/:id/confirm',
    summary: 'Confirm an order if the gate lets it; otherwise it is held',
    commands: ['order.confirm'],
    handle: ({ context, params }) => confirmOrder(context, params.id),
  }),
  route({
    ...acting,
    path: '/api/orders/:id/cancel',
    summary: 'Cancel an order of which nothing was delivered',
    commands: ['order.cancel'],
    body: OrderEnd,
    handle: ({ context, params, body }) => cancelOrder(context, params.id, body),
  }),
  route({
    ...acting,
    path: '/api/orders/:id/close',
    summary: 'Close an order: nothing more of it will be delivered',
    commands: ['order.close'],
    body: OrderClosing,
    handle: ({ context, params, body }) => closeOrder(context, params.id, body),
  }),
  route({
    ...acting,
    path: '/api/orders/:id/reopen',
    summary: 'Take a closed or cancelled order up again, through the gate',
    commands: ['order.reopen'],
    handle: ({ context, params }) => reopenOrder(context, params.id),
  }),
  route({
    ...acting,
    path: '/api/orders/:id/copy',
    summary: 'Take the same order down once more, as a draft',
    commands: ['order.copy'],
    body: OrderCopy,
    handle: ({ context, params, body }) => copyOrder(context, params.id, body),
  }),
]

const goods: Route[] = [
  route({
    ...acting,
    path: '/api/orders/:id/deliveries',
    summary: 'Record a delivery once the gate lets it: what is left, or the lines that are named',
    commands: ['order.deliver'],
    body: NewDelivery,
    handle: ({ context, params, body }) => deliverOrder(context, params.id, body),
  }),
  route({
    ...acting,
    path: '/api/orders/:id/returns',
    summary: 'Take goods back that are not invoiced yet',
    commands: ['order.return'],
    body: NewReturn,
    handle: ({ context, params, body }) => returnGoods(context, params.id, body),
  }),
  route({
    ...writing,
    access: 'receivable:write',
    path: '/api/orders/:id/invoices',
    reach: ofOrder,
    summary: 'Invoice what is delivered and not invoiced',
    commands: ['order.invoice'],
    params: IdParams,
    body: DeliveryInvoice,
    reply: Invoice,
    handle: ({ context, params, body }) => invoiceDeliveries(context, params.id, body),
  }),
]

export const orderRoutes: Route[] = [
  ...lists,
  ...life,
  ...goods,
  ...contractRoutes,
  ...holdRoutes(followHolds),
]
