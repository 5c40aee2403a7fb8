/** Bad cases, of different customers, that each characteristic of a model needs. */
const badsPerCharacteristic = 10
/** Below this a model tells more of chance than of customers. */
const fewestCharacteristics = 3

export type BookSize =
  | { readonly kind: 'model'; readonly characteristics: number }
  | { readonly kind: 'too-few-bads'; readonly bads: number; readonly needed: number }

/**
 * How many characteristics a book's bad customers can carry: ten bads each (Peduzzi and others,
 * Journal of Clinical Epidemiology 49, 1996), counted by customer, as months of one customer are no
 * further evidence. Below three characteristics the expert's card is better.
 */
export function bookSizeOf(badGroups: number): BookSize {
  const characteristics = Math.floor(badGroups / badsPerCharacteristic)
  if (characteristics >= fewestCharacteristics) return { kind: 'model', characteristics }
  const needed = badsPerCharacteristic * fewestCharacteristics
  return { kind: 'too-few-bads', bads: badGroups, needed }
}
