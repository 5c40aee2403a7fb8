import type { Canonical } from '#kernel/decision/canonical.ts'

export type KeptEdit = {
  /** Hash of the version that it was begun from. */
  readonly from: string
  readonly document: Canonical
  readonly note: string
  readonly at: string
}

const key = (kind: string) => `xinheng.policy.${kind}`

/** What was written and not saved, so that neither a reload nor an ended session loses it. */
export function keptEdit(kind: string): KeptEdit | null {
  try {
    return JSON.parse(localStorage.getItem(key(kind)) ?? 'null') as KeptEdit | null
  } catch {
    return null
  }
}

export function keepEdit(kind: string, edit: KeptEdit | null): void {
  try {
    if (edit === null) localStorage.removeItem(key(kind))
    else localStorage.setItem(key(kind), JSON.stringify(edit))
  } catch {
    // A browser that keeps nothing: then a reload loses what was not saved.
  }
}
