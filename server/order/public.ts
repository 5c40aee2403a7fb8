export { insertDeliveries } from '#server/order/delivery.store.ts'
export { orderEvents } from '#server/order/events.ts'
export { insertOrders } from '#server/order/order.store.ts'
export { ordersOf } from '#server/order/orders-of.ts'
