import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { NewOverride } from '#contract/scoring.ts'
import { addMonths, parseDay } from '#kernel/calendar/day.ts'
import { findRatedParties } from '#server/party/public.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { publishedScoring } from '#server/policy/public.ts'
import { endOverride, insertOverride } from '#server/scoring/override.store.ts'

const longestMonths = 12

/**
 * Puts a person's grade in place of the card's, for a year at most, with the reason. It acts from
 * the next rating on; an override in force before ends today.
 */
export async function overrideGrade(
  context: Context,
  partyId: string,
  input: NewOverride,
): Promise<{ id: string } | Refusal> {
  const expiresOn = parseDay(input.expiresOn)
  if (!expiresOn || expiresOn < context.today) {
    return refuse('invalid-input', 'expiresOn: write a day that is not past (YYYY-MM-DD).', {
      zh: '到期日应是今天或以后的日期（YYYY-MM-DD）。',
    })
  }
  if (expiresOn > addMonths(context.today, longestMonths)) {
    return refuse(
      'invalid-input',
      `expiresOn: an override holds for ${longestMonths} months at most.`,
      { zh: `人工调整的等级最多有效 ${longestMonths} 个月。` },
    )
  }
  const scoring = await publishedScoring(context.db)
  if (isRefusal(scoring)) return scoring
  const { grades } = scoring.scorecard
  if (!grades.includes(input.grade)) {
    return refuse('invalid-input', `grade: "${input.grade}" is none of ${grades.join(', ')}.`, {
      zh: `没有等级“${input.grade}”，可选：${grades.join('、')}。`,
    })
  }
  return runCommand(
    context,
    {
      name: 'rating.override',
      permission: 'scoring:override',
      input: { partyId, ...input },
      subject: partyId,
    },
    async (tx) => {
      const [party] = await findRatedParties(tx, [partyId])
      if (!party) return refuse('not-found', 'There is no such party, or it was merged.')
      await endOverride(tx, partyId, context.today, context.actor.name)
      const id = newId()
      await insertOverride(tx, {
        partyId,
        id,
        grade: input.grade,
        reason: input.reason,
        by: context.actor.name,
        fromOn: context.today,
        expiresOn,
      })
      await tx.emit({ kind: 'rating.overridden', partyId, facts: { grade: input.grade } })
      return { id }
    },
  )
}

/** Lets the card decide again from the next rating on. */
export function liftOverride(
  context: Context,
  partyId: string,
): Promise<{ lifted: true } | Refusal> {
  return runCommand(
    context,
    {
      name: 'rating.lift-override',
      permission: 'scoring:override',
      input: { partyId },
      subject: partyId,
    },
    async (tx) => {
      const ended = await endOverride(tx, partyId, context.today, context.actor.name)
      return ended
        ? { lifted: true }
        : refuse('wrong-state', 'No override is in force.', { zh: '没有有效的人工调整等级。' })
    },
  )
}
