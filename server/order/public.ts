export { ordersOf } from '#server/order/sales-order.store.ts'
