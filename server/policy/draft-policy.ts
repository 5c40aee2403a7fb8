import { createHash } from 'node:crypto'
import type { NewDraft, PolicyVersion } from '#contract/policy.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { type Canonical, canonicalText } from '#kernel/decision/canonical.ts'
import type { DocumentProblem } from '#kernel/document/problem.ts'
import { knownIndicators } from '#kernel/indicator/known-indicators.ts'
import { checkPolicy, type PolicyKind, readPolicy } from '#kernel/policy/policy.ts'
import { type RatingScale, standardRatingScale } from '#kernel/scoring/rating-scale.ts'
import type { Reader } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { publishedDefinitions, soundDefinitions } from '#server/policy/definitions.ts'
import { knownNames } from '#server/policy/known-names.ts'
import { wordsOfState } from '#server/policy/state-words.ts'
import {
  deleteDraft,
  findOpenChange,
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
  const sent = input.document as Canonical
  return runCommand(
    context,
    {
      name: 'policy.draft',
      permission: 'policy:write',
      input: { kind: input.kind, note: input.note ?? null, document: sent },
      subject: input.kind,
    },
    async (tx) => {
      const unsound = await refusalOf(tx, input.kind, sent)
      if (unsound) return unsound
      const formulas = input.kind === 'indicators' ? soundDefinitions(sent) : null
      const document = (formulas?.kept ?? sent) as Canonical
      await lockKind(tx, input.kind)
      const inTheWay = refusedByChange(await findOpenChange(tx, input.kind), input.replaces)
      if (inTheWay) return inTheWay
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
        createdById: context.actor.id,
      })
      return { id, number }
    },
  )
}

/** A change that waits for others is not written over, nor a draft that one has not read. */
function refusedByChange(
  open: PolicyVersion | undefined,
  replaces: string | null | undefined,
): Refusal | undefined {
  if (open && open.state !== 'draft') {
    const detail =
      `Version ${open.number} is ${open.state}: take it back, or have it decided, before another ` +
      `change of the same kind is drafted.`
    return refuse('wrong-state', detail, {
      ...{ id: open.id, number: open.number },
      zh:
        `第 ${open.number} 版的状态是“${wordsOfState[open.state]}”：先撤回，或等它审批完，` +
        '再起草同一种政策的改动。',
    })
  }
  if (replaces === undefined || replaces === (open?.hash ?? null)) return undefined
  const detail = open
    ? `replaces: ${open.createdBy} has written another draft meanwhile. Read it, then decide which stays.`
    : 'replaces: the draft that you read is gone: it was published or replaced meanwhile.'
  const zh = open
    ? `${open.createdBy} 期间写了另一份草稿。先看过，再决定留哪一份。`
    : '您看过的草稿已不在：期间已发布或被替换。'
  return refuse('conflict', detail, { ...(open && { id: open.id, by: open.createdBy }), zh })
}

/** Why a document cannot be a policy; undefined when it can. */
export async function refusalOf(
  db: Reader,
  kind: PolicyKind,
  document: unknown,
): Promise<Refusal | undefined> {
  return refusedFor(
    checkPolicy(kind, document, {
      scale: await scaleInUse(db),
      indicators: knownIndicators((await publishedDefinitions(db))?.defined ?? null),
      names: knownNames,
    }),
  )
}

/** Why indicator formulas cannot be published: policies that count now would lose what they name. */
export async function refusalForOthers(
  db: Reader,
  document: unknown,
): Promise<Refusal | undefined> {
  const scale = await scaleInUse(db)
  const indicators = knownIndicators(soundDefinitions(document)?.defined ?? null)
  const problems: DocumentProblem[] = []
  for (const kind of ['scorecard', 'limit-policy'] as const) {
    const published = await findPublished(db, kind)
    if (!published) continue
    const found = checkPolicy(kind, published.document, { scale, indicators, names: knownNames })
    problems.push(...found.map((each) => ({ ...each, path: `${kind}: ${each.path}` })))
  }
  return refusedFor(problems)
}

function refusedFor(problems: readonly DocumentProblem[]): Refusal | undefined {
  const [first] = problems
  if (!first) return undefined
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  const moreZh = problems.length > 1 ? `（另有 ${problems.length - 1} 处）` : ''
  const zh = `${first.path}：${first.message.zh}${moreZh}`
  return refuse('policy-has-problems', `${first.path}: ${first.message.en}${more}`, {
    problems,
    zh,
  })
}

/** The published rating scale, else the standard one. */
export async function scaleInUse(db: Reader): Promise<RatingScale> {
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
