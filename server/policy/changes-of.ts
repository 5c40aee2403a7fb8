import type { PolicyChanges } from '#contract/policy.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { knownIndicators } from '#kernel/indicator/known-indicators.ts'
import { changesInWords } from '#kernel/policy/changes-in-words.ts'
import type { Reader } from '#server/platform/database.ts'
import { publishedDefinitions, soundDefinitions } from '#server/policy/definitions.ts'
import { versionNamed } from '#server/policy/locked-version.ts'
import { formulasOf } from '#server/policy/show-version.ts'
import {
  findPublished,
  findVersion,
  findVersionBefore,
  type VersionWithDocument,
} from '#server/policy/version.store.ts'

/**
 * What a version says otherwise than the one that is published, in sentences; of the published one
 * itself, than the version that it replaced. `against` names another one.
 */
export async function changesOf(
  db: Reader,
  id: string,
  against: string | null,
): Promise<PolicyChanges | Refusal> {
  const version = await versionNamed(db, id)
  if (isRefusal(version)) return version
  const other = await comparedWith(db, version, against)
  if (against !== null && other?.kind !== version.kind) {
    return refuse('invalid-input', 'against: name a version of the same kind of policy.', {
      zh: '只能和同一种政策的版本比较。',
    })
  }
  if (!other) return { against: null, items: [] }
  const own = version.kind === 'indicators' ? soundDefinitions(version.document)?.defined : null
  const defined = own ?? (await publishedDefinitions(db))?.defined ?? null
  const labels = new Map(knownIndicators(defined).map((each) => [each.id, each.label]))
  const changes = changesInWords(
    inWords(other),
    inWords(version),
    (indicator) => labels.get(indicator) ?? { zh: indicator, en: indicator },
  )
  return {
    against: { id: other.id, number: other.number },
    items: changes.map(({ en, path, zh }) => ({ path, zh, en })),
  }
}

/** Formulas as people write them, in both languages. */
function inWords(version: VersionWithDocument): unknown {
  const formulas = formulasOf(version)
  if (!formulas) return version.document
  const document = version.document as { definitions: { id: string; formula: unknown }[] }
  return {
    ...document,
    definitions: document.definitions.map((each) => ({
      ...each,
      formula: formulas[each.id] ?? each.formula,
    })),
  }
}

function comparedWith(
  db: Reader,
  version: VersionWithDocument,
  against: string | null,
): Promise<VersionWithDocument | undefined> {
  if (against !== null) return findVersion(db, against)
  if (version.state === 'published') return findVersionBefore(db, version)
  return findPublished(db, version.kind)
}
