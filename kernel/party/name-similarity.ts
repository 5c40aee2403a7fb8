import type { CompanyName } from '#kernel/party/company-name.ts'

/**
 * How alike two company names are, 0 to 10,000 basis points, the same for (a, b) and (b, a). Equal
 * keys give 10,000. Else the Dice coefficient over the characters and neighbouring pairs of core
 * and branch, at most 9,900; two regions that differ take off a quarter, numbers that differ (第一,
 * 第二) a fifth, and a region that one name leaves out a twentieth, unless the whole keys are alike:
 * the region may be there but not recognised.
 */
export function nameSimilarity(a: CompanyName, b: CompanyName): number {
  if (a.key === b.key) return 10_000
  const regions = compareRegions(a, b)
  const dice = diceBps(gramsOf(coreOf(a)), gramsOf(coreOf(b)))
  const forNumbers = numbersOf(a) === numbersOf(b) ? 100 : 80
  const scaled = (percent: number) => Math.floor((dice * percent * forNumbers) / 10_000)
  if (regions === 'same') return Math.min(mostUnequalBps, scaled(100))
  if (regions === 'differs') return Math.min(mostUnequalBps, scaled(75))
  const ofKeys = Math.floor((diceBps(gramsOf(a.key), gramsOf(b.key)) * forNumbers) / 100)
  return Math.min(mostUnequalBps, Math.max(ofKeys, scaled(95)))
}

const mostUnequalBps = 9_900

/**
 * Whether two names name the same region. The province may be left out (成都, 四川成都); a county
 * of a city is another region than the city.
 */
export function compareRegions(a: CompanyName, b: CompanyName): 'same' | 'one-missing' | 'differs' {
  if (a.region === b.region) return 'same'
  if (a.region === null || b.region === null) return 'one-missing'
  const [short, long] = a.region.length < b.region.length ? [a, b] : [b, a]
  const within = (short.region?.length ?? 0) > 1 && long.region?.endsWith(short.region ?? '')
  return within ? 'same' : 'differs'
}

function coreOf(name: CompanyName): string {
  return name.core + (name.branch ?? '')
}

function gramsOf(text: string): string[] {
  const characters = [...text]
  const pairs = characters.slice(1).map((character, index) => `${characters[index]}${character}`)
  return [...characters, ...pairs]
}

function numbersOf(name: CompanyName): string {
  return (
    coreOf(name)
      .match(/[0-9一二三四五六七八九十百]+/g)
      ?.join() ?? ''
  )
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
