import { partiesToSpell, refreshNameKeys } from '#server/party/name-index.store.ts'
import type { Context } from '#server/platform/run-command.ts'

const chunkSize = 2_000

/**
 * Spells the names of parties that were filed before names were found by their pinyin. What it
 * writes is derived and watched by nobody, so it needs no command.
 */
export async function spellNames({ db }: Context): Promise<{ spelled: number }> {
  for (let spelled = 0; ; ) {
    const ids = await partiesToSpell(db, chunkSize)
    if (ids.length === 0) return { spelled }
    await db.transaction((tx) => refreshNameKeys(tx, ids))
    spelled += ids.length
  }
}
