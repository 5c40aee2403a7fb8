import type { CompanyName } from '#kernel/party/company-name.ts'

/**
 * How alike two company names are, 0 to 10,000 basis points, the same for (a, b) and (b, a). Equal
 * keys give 10,000. Else the Dice coefficient over the characters and neighbouring pairs of core
 * and branch, at most 9,900; a region that only one names takes off a twentieth, two regions that
 * differ a quarter.
 */
export function nameSimilarity(a: CompanyName, b: CompanyName): number {
  if (a.key === b.key) return 10_000
  const dice = diceBps(gramsOf(a), gramsOf(b))
  const kept = { same: 100, 'one-missing': 95, differs: 75 }[compareRegions(a, b)]
  return Math.min(9_900, Math.floor((dice * kept) / 100))
}

/** Whether two names name the same region; one inside the other (成都, 四川成都) is the same. */
export function compareRegions(a: CompanyName, b: CompanyName): 'same' | 'one-missing' | 'differs' {
  if (a.region === null && b.region === null) return 'same'
  if (a.region === null || b.region === null) return 'one-missing'
  return a.region.includes(b.region) || b.region.includes(a.region) ? 'same' : 'differs'
}

function gramsOf(name: CompanyName): string[] {
  const characters = [...name.core, ...(name.branch ?? '')]
  const pairs = characters.slice(1).map((character, index) => `${characters[index]}${character}`)
  return [...characters, ...pairs]
}

/** Twice the common grams over all grams, counted as often as they occur, rounded down. */
function diceBps(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>()
  for (const gram of a) left.set(gram, (left.get(gram) ?? 0) + 1)
  let common = 0
  for (const gram of b) {
    const count = left.get(gram) ?? 0
    if (count === 0) continue
    left.set(gram, count - 1)
    common += 1
  }
  return Math.floor((2 * common * 10_000) / Math.max(1, a.length + b.length))
}
