import {
  FormulaChecked,
  FormulaFunctions,
  FormulaNames,
  FormulaQuestion,
} from '#contract/formula.ts'
import { allFunctions } from '#kernel/formula/all-functions.ts'
import { checkOneFormula } from '#server/indicator/check-formula.ts'
import { listFormulaNames } from '#server/indicator/list-formula-names.ts'
import { type Route, route } from '#server/platform/route.ts'

const tag = 'formula'

export const formulaRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/api/formulas/names',
    tag,
    summary: 'The indicators that formulas may name',
    access: 'policy:read',
    reach: 'nothing',
    commands: [],
    reply: FormulaNames,
    handle: ({ context }) => listFormulaNames(context.db),
  }),
  route({
    method: 'GET',
    path: '/api/formulas/functions',
    tag,
    summary: 'The functions of formulas, by Chinese and English names',
    access: 'policy:read',
    reach: 'nothing',
    commands: [],
    reply: FormulaFunctions,
    handle: async () => ({
      items: allFunctions.flatMap(({ id, zh, en, meaning, example }) =>
        meaning && example ? [{ id, zh: [...zh], en: [...en], meaning, example }] : [],
      ),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/formulas/check',
    tag,
    summary: 'What a formula gives, or where it goes wrong; keeps nothing',
    access: 'policy:write',
    reach: 'filtered',
    commands: [],
    body: FormulaQuestion,
    reply: FormulaChecked,
    handle: ({ context, body }) => checkOneFormula(context, body),
  }),
]
