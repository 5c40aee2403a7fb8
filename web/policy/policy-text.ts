import { stringify } from 'yaml'

const first = ['id', 'kind', 'label', 'scale', 'currency', 'code', 'indicator', 'dimension']

/** The document as YAML; names before what they name, since the database keeps no order of keys. */
export function policyText(document: unknown): string {
  const rank = (key: unknown) => {
    const place = first.indexOf(String(key))
    return place < 0 ? first.length : place
  }
  return stringify(document, {
    sortMapEntries: (one, other) => rank(keyText(one.key)) - rank(keyText(other.key)),
  })
}

function keyText(key: unknown): unknown {
  return typeof key === 'object' && key !== null && 'value' in key ? key.value : key
}
