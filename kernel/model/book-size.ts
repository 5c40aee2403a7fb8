/** Bad cases, of different customers, that each characteristic of a model needs. */
const badsPerCharacteristic = 10
/** Below this a model tells more of chance than of customers. */
const fewestCharacteristics = 3

export type BookSize = { readonly bads: number; readonly needed: number } & (
  | { readonly kind: 'model'; readonly characteristics: number }
  | { readonly kind: 'too-few-bads' }
)

/**
 * How many characteristics a book's bad customers can carry: ten bads each (Peduzzi and others,
 * Journal of Clinical Epidemiology 49, 1996), counted by customer, as months of one customer are no
 * further evidence. Below three characteristics the expert's card is better.
 */
export function bookSizeOf(badGroups: number): BookSize {
  const characteristics = Math.floor(badGroups / badsPerCharacteristic)
  const counts = { bads: badGroups, needed: badsPerCharacteristic * fewestCharacteristics }
  return characteristics >= fewestCharacteristics
    ? { kind: 'model', characteristics, ...counts }
    : { kind: 'too-few-bads', ...counts }
}
