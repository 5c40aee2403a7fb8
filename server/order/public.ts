export { type DeliveryRow, insertDeliveries } from '#server/order/delivery.store.ts'
export { insertOrders, type OrderRow } from '#server/order/order.store.ts'
export { ordersOf } from '#server/order/orders-of.ts'
