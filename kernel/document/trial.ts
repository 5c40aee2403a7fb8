import { parseDay } from '#kernel/calendar/day.ts'
import { parseShare } from '#kernel/document/decimal.ts'
import { type DocumentProblem, problem } from '#kernel/document/problem.ts'
import { object, oneOf, type Reader, text } from '#kernel/document/read-document.ts'
import { invariant } from '#kernel/invariant.ts'
import { openStream, unit } from '#kernel/random/random.ts'

/**
 * A part of the customers that chance draws (随机试点): what a policy says differently for them can
 * be held against the others. Who is drawn stays drawn, and the drawn of a smaller share are among
 * those of a larger one.
 */
export type Trial = {
  /** Draws of different names are independent of each other. */
  readonly name: string
  /** Of all customers, such as `20%`. */
  readonly share: string
  /** Challengers (挑战组) are drawn, champions (对照组) are all others. */
  readonly group: TrialGroup
  /** The day on which it is to be read: what is seen before is no result. */
  readonly readOn: string
}

export type TrialGroup = 'challenger' | 'champion'

/** A trial of a policy that was checked. */
export type PreparedTrial = {
  readonly name: string
  readonly shareBps: number
  readonly group: TrialGroup
}

/** Reads the shape of a trial; what it says is checked by `checkTrial`. */
export const trialReader: Reader<Trial> = object({
  name: text,
  share: text,
  group: oneOf('challenger', 'champion'),
  readOn: text,
})

/** In which group of a trial a customer is, by its id: by nothing that could be chosen. */
export function groupOf(of: Pick<PreparedTrial, 'name' | 'shareBps'>, partyId: string): TrialGroup {
  return unit(openStream('trial', of.name, partyId)) * 10_000 < of.shareBps
    ? 'challenger'
    : 'champion'
}

/** Whether a customer is of the trial's group; one that is not known is of none. */
export function isInTrial(trial: PreparedTrial, partyId: string | null): boolean {
  return partyId !== null && groupOf(trial, partyId) === trial.group
}

/** Reads the numbers of a trial that was checked. */
export function prepareTrial({ group, name, share }: Trial): PreparedTrial {
  const reading = parseShare(share)
  invariant(reading.kind === 'scaled', 'a checked trial has its share')
  return { name, group, shareBps: Number(reading.value) }
}

/** Whether all of the narrow trial's customers are of the wide one; without a trial all are. */
export function isWithinTrial(narrow: Trial | undefined, wide: Trial | undefined): boolean {
  if (wide === undefined) return true
  if (narrow === undefined || narrow.name !== wide.name || narrow.group !== wide.group) return false
  const [inner, outer] = [prepareTrial(narrow).shareBps, prepareTrial(wide).shareBps]
  return wide.group === 'challenger' ? inner <= outer : inner >= outer
}

/** What keeps the trials of one document from being drawn, each with where it stands. */
export function checkTrials(
  trials: readonly (readonly [path: string, trial: Trial | undefined])[],
): DocumentProblem[] {
  const first = new Map<string, Trial>()
  return trials.flatMap(([path, trial]) => {
    if (trial === undefined) return []
    const own = checkTrial(trial, path)
    const other = first.get(trial.name)
    if (own.length > 0 || other === undefined) {
      first.set(trial.name, other ?? trial)
      return own
    }
    const isSame = other.share === trial.share && other.readOn === trial.readOn
    return isSame ? [] : [otherwise(path, trial.name)]
  })
}

function checkTrial({ name, readOn, share }: Trial, path: string): DocumentProblem[] {
  const found: DocumentProblem[] = []
  const reading = parseShare(share)
  const isPart = reading.kind === 'scaled' && reading.value > 0n && reading.value < 10_000n
  if (name.length > 60) found.push(tooLong(`${path}.name`))
  if (!isPart) found.push(notAPart(`${path}.share`))
  if (parseDay(readOn) === null) found.push(notADay(`${path}.readOn`))
  return found
}

function tooLong(path: string): DocumentProblem {
  return problem(
    'out-of-range',
    path,
    ['试点名称至多 60 个字', 'The name of a trial has at most 60 characters'],
    ['改短', 'Shorten it'],
  )
}

function notAPart(path: string): DocumentProblem {
  return problem(
    'out-of-range',
    path,
    ['抽取比例应大于 0% 且小于 100%', 'The share that is drawn lies between 0% and 100%'],
    ['例如 20%', 'Write for instance 20%'],
  )
}

function notADay(path: string): DocumentProblem {
  return problem(
    'wrong-type',
    path,
    ['计划读数日不是有效日期', 'The day of reading is not a day'],
    ['例如 2027-03-31', 'Write for instance 2027-03-31'],
  )
}

function otherwise(path: string, name: string): DocumentProblem {
  return problem(
    'inconsistent',
    path,
    [
      `试点 "${name}" 的抽取比例或读数日前后不一致`,
      `The trial "${name}" has another share or day of reading elsewhere`,
    ],
    ['写成一样，或另起名称', 'Write the same in both places, or give it another name'],
  )
}
