import { createHash } from 'node:crypto'
import type { NewDraft } from '#contract/policy.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { type Canonical, canonicalText } from '#kernel/decision/canonical.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import { checkPolicy, type PolicyKind, readPolicy } from '#kernel/policy/policy.ts'
import { type RatingScale, standardRatingScale } from '#kernel/scoring/rating-scale.ts'
import type { Reader } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { knownNames } from '#server/policy/known-names.ts'
import {
  deleteDraft,
  findPublished,
  insertDraft,
  lockKind,
  nextNumber,
} from '#server/policy/version.store.ts'

/**
 * Stores a document as the one draft of its kind, in place of an earlier draft. It is checked
 * against the published rating scale; with problems nothing is stored and all of them are told.
 */
export function draftPolicy(
  context: Context,
  input: NewDraft,
): Promise<{ id: string; number: number } | Refusal> {
  const document = input.document as Canonical
  return runCommand(
    context,
    {
      name: 'policy.draft',
      permission: 'policy:write',
      input: { kind: input.kind, note: input.note ?? null, document },
      subject: input.kind,
    },
    async (tx) => {
      const unsound = await refusalOf(tx, input.kind, document)
      if (unsound) return unsound
      await lockKind(tx, input.kind)
      await deleteDraft(tx, input.kind)
      const id = newId()
      const number = await nextNumber(tx, input.kind)
      await insertDraft(tx, {
        id,
        kind: input.kind,
        number,
        title: titleOf(document),
        document,
        hash: createHash('sha256').update(canonicalText(document)).digest(),
        note: input.note ?? null,
        createdBy: context.actor.name,
      })
      return { id, number }
    },
  )
}

/** Why a document cannot be a policy; undefined when it can. */
export async function refusalOf(
  db: Reader,
  kind: PolicyKind,
  document: unknown,
): Promise<Refusal | undefined> {
  const scale = await publishedScale(db)
  const problems = checkPolicy(kind, document, {
    scale,
    indicators: allIndicators,
    names: knownNames,
  })
  const [first] = problems
  if (!first) return undefined
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return refuse('policy-has-problems', `${first.path}: ${first.message.en}${more}`, { problems })
}

async function publishedScale(db: Reader): Promise<RatingScale> {
  const published = await findPublished(db, 'rating-scale')
  const reading = published && readPolicy('rating-scale', published.document)
  if (reading?.kind === 'read' && reading.document.kind === 'rating-scale') {
    return reading.document.document
  }
  return standardRatingScale
}

function titleOf(document: Canonical): string {
  const { label, id } = document as { label?: { zh?: string; en?: string }; id?: string }
  return label?.zh ?? label?.en ?? id ?? 'policy'
}
