export { insertDeliveries } from '#server/order/delivery.store.ts'
export { insertOrders } from '#server/order/order.store.ts'
export { ordersByNumber } from '#server/order/orders-by-number.store.ts'
export { ordersOf } from '#server/order/orders-of.ts'
