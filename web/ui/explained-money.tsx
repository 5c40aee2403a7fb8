import type { ReactNode } from 'react'
import { Explained, type Provenance } from './explained.tsx'
import { Money } from './money.tsx'

/** An amount that tells its formula and the amounts that went into it. */
export function ExplainedMoney(of: {
  readonly amount: string | null
  readonly currency: string
  readonly formula: string
  readonly inputs?: readonly (readonly [name: string, amount: string | null])[]
  readonly source?: Pick<Provenance, 'policy' | 'asOf'> | undefined
}): ReactNode {
  const { amount, currency, formula, inputs = [], source } = of
  const money = (each: string | null) => <Money amount={each} currency={currency} />
  return (
    <Explained
      by={{ ...source, formula, inputs: inputs.map(([name, each]) => [name, money(each)]) }}
    >
      {money(amount)}
    </Explained>
  )
}
