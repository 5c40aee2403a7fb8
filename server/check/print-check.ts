import type { Static } from 'typebox'
import type { CreditCheckReply, StoredCheck } from '#contract/check.ts'
import type { Label } from '#kernel/document/label.ts'
import { type Stage, stageLabels, stages } from '#kernel/exposure/stage.ts'
import type { Output } from '#server/platform/cli-run.ts'
import { grouped } from '#server/platform/grouped.ts'

export type Language = 'zh' | 'en'

type Asked = {
  readonly party: { readonly code: string; readonly name: string }
  readonly amount: string
  readonly currency: string
}

const outcomes: Readonly<Record<string, Label>> = {
  approved: { zh: '通过', en: 'Approved' },
  warned: { zh: '通过, 有提示', en: 'Approved, with warnings' },
  held: { zh: '暂挂', en: 'Held' },
}
const reactions: Readonly<Record<string, Label>> = {
  warn: { zh: '提示', en: 'warns' },
  hold: { zh: '暂挂', en: 'holds' },
}
const levels: Readonly<Record<string, Label>> = {
  segment: { zh: '信控维度', en: 'segment' },
  party: { zh: '客户', en: 'customer' },
  group: { zh: '集团', en: 'group' },
}
const words = {
  level: { zh: '层级', en: 'level' },
  limit: { zh: '额度 (含容差)', en: 'limit, tolerance' },
  before: { zh: '当前占用', en: 'in use' },
  after: { zh: '加上本单', en: 'with it' },
  headroom: { zh: '余量', en: 'headroom' },
  stage: { zh: '占用环节', en: 'stage' },
  remedies: { zh: '以下任何一项即可通过:', en: 'Any one of these would let it pass:' },
  release: {
    zh: '除放行外没有别的办法。',
    en: 'Nothing but a release would let it pass.',
  },
  frozen: {
    zh: '账户已冻结: 解冻之前, 谁也不能放行。',
    en: 'A frozen account lets nothing pass, whoever releases it: unfreeze it first.',
  },
  released: { zh: '凭放行通过', en: 'It passes by a release' },
  check: { zh: '检查编号', en: 'Check' },
} as const satisfies Record<string, Label>

const colors = { approved: 'green', warned: 'yellow', held: 'red' } as const

/** A credit check as a person asks for it: the answer, why, the room at each level, what would help. */
export function printCheck(answer: CreditCheckReply & Asked, lang: Language, output: Output): void {
  const { amount, currency, party } = answer
  output.say(
    `${output.color('bold', `${party.code} ${party.name}`)}  ${currency} ${grouped(amount)}`,
  )
  const color = colors[answer.outcome as keyof typeof colors]
  const outcome = outcomes[answer.outcome]?.[lang] ?? answer.outcome
  output.say(output.color(color, outcome) + (answer.releasedBy ? `, ${words.released[lang]}` : ''))
  printReasons(answer, lang, output)
  printRoom(answer, lang, output)
  printStages(answer, lang, output)
  printRemedies(answer, lang, output)
  printKept(answer, lang, output)
}

/** The rules that fired, in words. */
export function printReasons({ fired }: CreditCheckReply, lang: Language, output: Output): void {
  for (const { reaction, rule, sentence } of fired) {
    output.say(`  ${reactions[reaction]?.[lang]}: ${sentence[lang]} (${rule})`)
  }
}

/** What would let a held document pass. */
export function printRemedies(answer: CreditCheckReply, lang: Language, output: Output): void {
  if (answer.outcome !== 'held') return
  const isFrozen = answer.fired.some(({ facts }) => facts.status === 'frozen')
  const others = isFrozen ? words.frozen : words.release
  output.say((answer.remedies.length > 0 ? words.remedies : others)[lang])
  for (const { sentence } of answer.remedies) output.say(`  - ${sentence[lang]}`)
}

/** The same of a stored check, with who asked and by which rules. */
export function printStoredCheck(
  shown: Static<typeof StoredCheck> & Asked,
  lang: Language,
  output: Output,
): void {
  printCheck(shown, lang, output)
  const { checkpoint, decidedFor, document, engine, hash, mode, policyId, recordedAt } = shown
  output.say(`${timeText(recordedAt)}  ${decidedFor}  ${mode}, ${checkpoint}  ${document ?? '-'}`)
  output.say(`policy ${policyId}, engine ${engine}`)
  output.say(`hash ${hash}`)
}

function printRoom(answer: CreditCheckReply, lang: Language, output: Output): void {
  const header = [
    ...[words.level[lang], '', '', ''],
    ...[words.limit, words.before, words.after, words.headroom].map((word) => word[lang]),
  ]
  output.table(
    header,
    answer.levels.map((one) => [
      levels[one.level]?.[lang] ?? one.level,
      ...[one.code, one.segment || one.name, one.currency],
      ...[one.limit, one.before, one.after, one.headroom].map((text) =>
        text === null ? '-' : grouped(text),
      ),
    ]),
  )
}

function printStages({ exposure }: CreditCheckReply, lang: Language, output: Output): void {
  const present = stages.filter(
    (stage) => exposure.before[stage] !== undefined || exposure.after[stage] !== undefined,
  )
  if (present.length === 0) return
  const amount = (of: Readonly<Record<string, string>>, stage: Stage) => grouped(of[stage] ?? '-')
  output.table(
    [words.stage[lang], '', words.before[lang], words.after[lang]],
    present.map((stage) => [
      ...[stageLabels[stage][lang], exposure.currency],
      ...[amount(exposure.before, stage), amount(exposure.after, stage)],
    ]),
  )
}

function printKept(answer: CreditCheckReply, lang: Language, output: Output): void {
  const { decisionId, holdId, reservation } = answer
  output.say(`${words.check[lang]} ${decisionId}`)
  if (reservation) {
    const until = reservation.expiresAt === null ? '' : `, until ${timeText(reservation.expiresAt)}`
    output.say(`reservation ${reservation.number}: ${reservation.state}${until}`)
  }
  if (holdId) output.say(`hold ${holdId}`)
}

/** A moment to the minute: `2026-11-26 23:32 UTC`. */
export function timeText(moment: string): string {
  return `${moment.slice(0, 16).replace('T', ' ')} UTC`
}
