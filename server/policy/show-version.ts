import { isRefusal } from '#contract/problem.ts'
import { formatFormula } from '#kernel/formula/format-formula.ts'
import type { Context } from '#server/platform/run-command.ts'
import { soundDefinitions } from '#server/policy/definitions.ts'
import { versionNamed } from '#server/policy/locked-version.ts'
import { stepsOf } from '#server/policy/steps-of.ts'

/**
 * A version with its document and what may be done with it next; its formulas, which are kept with
 * ids, also in words.
 */
export async function showVersion({ actor, db }: Context, id: string) {
  const found = await versionNamed(db, id)
  if (isRefusal(found)) return found
  const steps = await stepsOf(db, actor, found)
  return { ...found, formulas: formulasOf(found), steps }
}

/** Of indicator formulas: each in words, by the id of its indicator; null for other kinds. */
export function formulasOf({ document, kind }: { kind: string; document: unknown }) {
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
