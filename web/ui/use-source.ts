import type { Provenance as Told } from '#contract/credit-file.ts'
import { amountText } from './amount-text.ts'
import type { Provenance } from './explained.tsx'
import { useWords } from './use-words.ts'

/** What the server tells of where a figure comes from, in the person's language. */
export function useSource(): (told: Told) => Provenance {
  const { pick } = useWords()
  return ({ asOf, formula, inputs, policies }) => ({
    formula: pick(formula),
    inputs: inputs.map(({ label, value }) => [pick(label), inputText(value)] as const),
    ...(policies.length > 0 && {
      policy: policies.map(({ title, version }) => `${title} v${version}`).join('; '),
    }),
    asOf,
  })
}

function inputText(value: string | null): string {
  if (value === null) return '-'
  return /^-?\d+\.\d+$/.test(value) ? amountText(value) : value
}
