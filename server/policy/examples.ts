import type { PolicyExamples } from '#contract/policy.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { PolicyKind } from '#kernel/policy/policy.ts'
import {
  type AskedExample,
  type Expectation,
  expectationOf,
  type ReadyPolicy,
  runExample,
} from '#kernel/policy/run-example.ts'
import type { Reader } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import {
  deleteExample,
  findExample,
  insertExample,
  listExamples,
  type StoredExample,
} from '#server/policy/example.store.ts'
import { versionNamed } from '#server/policy/locked-version.ts'
import { readyPolicy } from '#server/policy/ready-policy.ts'
import { findPublished } from '#server/policy/version.store.ts'

/** The examples of a kind, or of the kind of a version with what that version says to each. */
export async function showExamples(
  db: Reader,
  query: { readonly kind?: PolicyKind; readonly version?: string },
): Promise<PolicyExamples | Refusal> {
  if (query.version === undefined) {
    const found = await listExamples(db, query.kind ?? null)
    return { items: found.map((example) => ({ ...told(example), run: null })) }
  }
  const version = await versionNamed(db, query.version)
  if (isRefusal(version)) return version
  const ready = await readyPolicy(db, version.kind, version.document)
  const examples = await listExamples(db, version.kind)
  return {
    items: examples.map((example) => ({ ...told(example), run: ready && runOf(ready, example) })),
  }
}

/**
 * Keeps a case as an example. Without an expectation it is what the published policy says now.
 */
export function keepExample(
  context: Context,
  asked: AskedExample & {
    readonly name: string
    readonly partyId: string | null
    readonly expected: Expectation | null
  },
): Promise<{ id: string; expected: Expectation } | Refusal> {
  const { expected: told, kind, name, partyId } = asked
  return runCommand(
    context,
    {
      name: 'policy-example.keep',
      permission: 'policy:write',
      input: { kind, name, partyId, expected: told as never },
      ...(partyId === null ? {} : { subject: partyId }),
    },
    async (tx) => {
      const expected = told ?? (await answerNow(tx, asked))
      if (expected === null) {
        return refuse('no-policy', 'expected: no published policy can decide this case: tell it.', {
          zh: '没有已发布的政策能判断这个示例：请写明“应为”什么。',
        })
      }
      const id = newId()
      const createdBy = context.actor.name
      const isNew = await insertExample(tx, { ...asked, id, expected, createdBy })
      if (!isNew) {
        return refuse('already-exists', `name: there is an example "${name}" already.`, {
          zh: `已有示例“${name}”：换一个名称。`,
        })
      }
      return { id, expected }
    },
  )
}

export function dropExample(context: Context, id: string): Promise<{ id: string } | Refusal> {
  return runCommand(
    context,
    { name: 'policy-example.drop', permission: 'policy:write', input: { id }, subject: id },
    async (tx) => {
      if (!(await findExample(tx, id))) return refuse('not-found', 'There is no such example.')
      await deleteExample(tx, id)
      return { id }
    },
  )
}

/** Why a document fails its examples; undefined where it passes all of them. */
export async function refusalByExamples(
  db: Reader,
  kind: PolicyKind,
  document: unknown,
): Promise<Refusal | undefined> {
  const examples = await listExamples(db, kind)
  const ready = examples.length === 0 ? null : await readyPolicy(db, kind, document)
  if (!ready) return undefined
  const failed = examples.flatMap((example) => {
    const run = runExample(ready, example)
    return run.kind === 'failed' ? [{ name: example.name, ...run }] : []
  })
  const [first] = failed
  if (!first) return undefined
  const more = failed.length > 1 ? ` (and ${failed.length - 1} more)` : ''
  const detail =
    `example "${first.name}": ${first.expected.en} is expected, the policy says ${first.got.en}` +
    `${more}. Mend the policy, or drop the example if it is out of date.`
  const moreZh = failed.length > 1 ? `（另有 ${failed.length - 1} 个）` : ''
  const zh =
    `示例“${first.name}”应为${first.expected.zh}，政策给出${first.got.zh}${moreZh}。` +
    '请修改政策；示例已过时的请删除。'
  return refuse('policy-has-problems', detail, { examples: failed, zh })
}

async function answerNow(db: Reader, asked: AskedExample): Promise<Expectation | null> {
  const published = await findPublished(db, asked.kind)
  const ready = published && (await readyPolicy(db, asked.kind, published.document))
  return ready ? expectationOf(ready, asked) : null
}

type Told = Omit<PolicyExamples['items'][number], 'run'>

function told({ given: _, ...example }: StoredExample): Told {
  return example as Told
}

function runOf(ready: ReadyPolicy, example: StoredExample) {
  const run = runExample(ready, example)
  const empty = { zh: '', en: '' }
  return run.kind === 'passed'
    ? { passed: true, expected: empty, got: empty }
    : { passed: false, expected: run.expected, got: run.got }
}
