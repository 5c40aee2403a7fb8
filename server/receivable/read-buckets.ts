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
    if (!match) {
      const text = piece.trim()
      return refuseBuckets({ en: `"${text}" is not a bucket`, zh: `“${text}”不是区间` }, by)
    }
    buckets.push(bucketOf(Number(match[1]), match[2] === undefined ? null : Number(match[2])))
  }
  if (buckets.length > 20) {
    return refuseBuckets({ en: 'there are more than 20', zh: '最多 20 个区间' }, by)
  }
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

type Sentence = { readonly zh: string; readonly en: string }

function refuseBuckets(why: Sentence, by: AgeingBasis): Refusal {
  const example = by === 'due' ? '1-30,31-60,61-' : '0-30,31-60,61-'
  const zh = `账龄区间：${why.zh}；写法如 ${example}。`
  return refuse('invalid-input', `buckets: ${why.en}; write them as ${example}.`, { example, zh })
}

function sentenceOf(problem: BucketProblem): Sentence {
  switch (problem.kind) {
    case 'buckets-missing':
      return { en: 'there are none', zh: '一个区间也没有' }
    case 'bucket-bounds-not-whole':
      return {
        en: `bucket ${problem.position} has no whole days`,
        zh: `第 ${problem.position} 个区间的天数不是整数`,
      }
    case 'bucket-reversed':
      return {
        en: `bucket ${problem.position} ends before it begins`,
        zh: `第 ${problem.position} 个区间的结束早于开始`,
      }
    case 'first-bucket-misplaced':
      return {
        en: `the first begins at ${problem.expected}, not ${problem.from}`,
        zh: `第一个区间应从 ${problem.expected} 开始，而不是 ${problem.from}`,
      }
    case 'buckets-out-of-order':
      return {
        en: `bucket ${problem.position} stands after a later one`,
        zh: `第 ${problem.position} 个区间应排在前一个之前`,
      }
    case 'buckets-overlap':
      return {
        en: `day ${problem.age} is in two buckets`,
        zh: `第 ${problem.age} 天同时落在两个区间`,
      }
    case 'buckets-gap':
      return {
        en: `days ${problem.from} to ${problem.to} are in no bucket`,
        zh: `第 ${problem.from} 到 ${problem.to} 天不在任何区间`,
      }
    case 'last-bucket-closed':
      return {
        en: `the last one is open, such as ${problem.to + 1}-`,
        zh: `最后一个区间不设上限，如 ${problem.to + 1}-`,
      }
  }
}
