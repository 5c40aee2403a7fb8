import { type PolicyKind, readPolicy } from '#kernel/policy/policy.ts'
import type { Reader } from '#server/platform/database.ts'
import { findVersion, type VersionWithDocument } from '#server/policy/version.store.ts'

/** What of a version is read when it decides. */
export type DecidingVersion = Pick<VersionWithDocument, 'id' | 'kind' | 'number' | 'document'>

export async function storedVersion(
  db: Reader,
  id: string | undefined,
): Promise<VersionWithDocument> {
  const found = id === undefined ? undefined : await findVersion(db, id)
  if (!found) throw new Error(`There is no policy version ${id}.`)
  return found
}

type DocumentOf<Kind extends PolicyKind> = Extract<
  Extract<ReturnType<typeof readPolicy>, { kind: 'read' }>['document'],
  { kind: Kind }
>['document']

export function documentOf<Kind extends PolicyKind>(
  kind: Kind,
  stored: DecidingVersion,
): DocumentOf<Kind> {
  const reading = readPolicy(kind, stored.document)
  if (reading.kind === 'problems' || reading.document.kind !== kind) throw unsound(stored)
  return reading.document.document as DocumentOf<Kind>
}

/** Only checked documents are published, so this is a bug or a tampered row. */
export function unsound(stored: DecidingVersion): Error {
  return new Error(`Policy ${stored.kind} v${stored.number} is not sound: verify the audit trail.`)
}

/** Versions never change, so what was made of one once is kept for whatever asks for it later. */
export async function keptOnce<Made>(
  known: Map<string, Made>,
  versions: string,
  make: () => Promise<Made>,
): Promise<Made> {
  const made = known.get(versions) ?? (await make())
  known.set(versions, made)
  return made
}
