import { type Refusal, refuse } from '#contract/problem.ts'
import { formatFormula } from '#kernel/formula/format-formula.ts'
import type { Reader } from '#server/platform/database.ts'
import { soundDefinitions } from '#server/policy/definitions.ts'
import { findVersion } from '#server/policy/version.store.ts'

/** A version with its document; its formulas, which are kept with ids, also in words. */
export async function showVersion(db: Reader, id: string) {
  const found = await findVersion(db, id)
  return found ? { ...found, formulas: formulasOf(found) } : notFound
}

const notFound: Refusal = refuse('not-found', 'There is no such policy version.')

function formulasOf({ document, kind }: { kind: string; document: unknown }) {
  const defined = kind === 'indicators' ? soundDefinitions(document)?.defined : undefined
  if (!defined) return null
  return Object.fromEntries(
    defined.inOrder.map(({ formula, indicator }) => [
      indicator.id,
      {
        zh: formatFormula(formula, 'zh', defined.names),
        en: formatFormula(formula, 'en', defined.names),
      },
    ]),
  )
}
