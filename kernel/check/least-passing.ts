/**
 * The least number from `low` to `high` that passes, where every number above one that passes does
 * too; null where not even `high` does. A right guess costs two questions, else it halves the range.
 */
export function leastPassing(
  range: { readonly low: bigint; readonly high: bigint; readonly guess: bigint },
  passes: (value: bigint) => boolean,
): bigint | null {
  let { low, high } = range
  const { guess } = range
  if (low > high) return null
  if (guess >= low && guess <= high && passes(guess)) {
    if (guess === low || !passes(guess - 1n)) return guess
    high = guess - 1n
  } else if (!passes(high)) {
    return null
  }
  while (low < high) {
    const middle = (low + high) / 2n
    if (passes(middle)) high = middle
    else low = middle + 1n
  }
  return high
}
