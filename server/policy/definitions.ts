import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import {
  builtInBeside,
  type DefinedIndicators,
  prepareIndicatorFormulas,
  withIds,
} from '#kernel/indicator/prepare-indicator-formulas.ts'
import { readPolicy } from '#kernel/policy/policy.ts'
import type { Reader } from '#server/platform/database.ts'
import { documentOf, keptOnce, storedVersion, unsound } from '#server/policy/stored-policy.ts'
import { findPublishedId, type VersionWithDocument } from '#server/policy/version.store.ts'

/** The indicators that formulas define, and the version that they are of. */
export type Definitions = { readonly defined: DefinedIndicators; readonly versionId: string }

/** Null where no formulas were ever published. */
export async function publishedDefinitions(db: Reader): Promise<Definitions | null> {
  const id = await findPublishedId(db, 'indicators')
  return id === undefined ? null : definitionsOfVersion(db, id)
}

export function definitionsOfVersion(db: Reader, id: string): Promise<Definitions> {
  return keptOnce(kept, id, async () => definitionsOf(await storedVersion(db, id)))
}

const kept = new Map<string, Definitions>()

function definitionsOf(stored: VersionWithDocument): Definitions {
  const document = documentOf('indicators', stored)
  const prepared = prepareIndicatorFormulas(document, builtInBeside(document, allIndicators))
  if (prepared.kind === 'problems') throw unsound(stored)
  return { defined: prepared.defined, versionId: stored.id }
}

/** Formulas that are sound: as definitions, and as they are kept, with ids for names. */
export function soundDefinitions(document: unknown) {
  const reading = readPolicy('indicators', document)
  if (reading.kind === 'problems' || reading.document.kind !== 'indicators') return null
  const prepared = prepareIndicatorFormulas(reading.document.document, allIndicators)
  if (prepared.kind === 'problems') return null
  const { defined } = prepared
  return { defined, kept: withIds(reading.document.document, defined) }
}
