import { type Refusal, refuse } from '#contract/problem.ts'
import {
  type AgeBucket,
  type AgeBuckets,
  type AgeingBasis,
  type BucketProblem,
  checkBuckets,
  invoiceAgeBuckets,
  overdueBuckets,
  statementBuckets,
} from '#kernel/receivable/buckets.ts'

/** Reads buckets as people write them: `1-30,31-60,61-`, or `years` for those of the statements. */
export function readBuckets(text: string | undefined, by: AgeingBasis): AgeBuckets | Refusal {
  if (text === undefined) return by === 'due' ? overdueBuckets : invoiceAgeBuckets
  if (text === 'years') return statementBuckets
  const buckets: AgeBucket[] = []
  for (const piece of text.split(',')) {
    const match = /^\s*(\d{1,5})\s*(?:(?:-|–)\s*(\d{1,5})?|\+)\s*$/.exec(piece)
    if (!match) return refuseBuckets(`"${piece.trim()}" is not a bucket`, by)
    buckets.push(bucketOf(Number(match[1]), match[2] === undefined ? null : Number(match[2])))
  }
  if (buckets.length > 20) return refuseBuckets('there are more than 20', by)
  const definition: AgeBuckets = { unit: 'days', buckets }
  const problem = checkBuckets(definition, by)
  return problem ? refuseBuckets(sentenceOf(problem), by) : definition
}

function bucketOf(from: number, to: number | null): AgeBucket {
  if (to !== null) {
    return { from, to, label: { zh: `${from}–${to}天`, en: `${from}–${to} days` } }
  }
  const more = Math.max(0, from - 1)
  return { from, to, label: { zh: `${more}天以上`, en: `Over ${more} days` } }
}

function refuseBuckets(why: string, by: AgeingBasis): Refusal {
  const example = by === 'due' ? '1-30,31-60,61-' : '0-30,31-60,61-'
  return refuse('invalid-input', `buckets: ${why}; write them as ${example}.`, { example })
}

function sentenceOf(problem: BucketProblem): string {
  switch (problem.kind) {
    case 'buckets-missing':
      return 'there are none'
    case 'bucket-bounds-not-whole':
      return `bucket ${problem.position} has no whole days`
    case 'bucket-reversed':
      return `bucket ${problem.position} ends before it begins`
    case 'first-bucket-misplaced':
      return `the first begins at ${problem.expected}, not ${problem.from}`
    case 'buckets-out-of-order':
      return `bucket ${problem.position} stands after a later one`
    case 'buckets-overlap':
      return `day ${problem.age} is in two buckets`
    case 'buckets-gap':
      return `days ${problem.from} to ${problem.to} are in no bucket`
    case 'last-bucket-closed':
      return `the last one is open, such as ${problem.to + 1}-`
  }
}
