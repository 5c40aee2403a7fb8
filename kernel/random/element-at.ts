import { invariant } from '#kernel/invariant.ts'

/** The element at an index that is known to exist. */
export function at<T>(list: { readonly [index: number]: T }, index: number): T {
  const value = list[index]
  invariant(value !== undefined, 'the index lies within the list')
  return value
}
