import { Popover } from 'antd'
import type { ReactNode } from 'react'
import { momentText } from './money.tsx'
import { useWords } from './use-words.ts'

/** Where a figure comes from. */
export type Provenance = {
  readonly formula: string
  readonly inputs?: readonly (readonly [name: string, value: ReactNode])[]
  readonly policy?: string
  readonly asOf?: string
}

/** A figure that tells its formula, inputs, policy version and time when one points at it. */
export function Explained(of: {
  readonly by: Provenance
  readonly children: ReactNode
}): ReactNode {
  const { say } = useWords()
  const { asOf, formula, inputs = [], policy } = of.by
  const told = (
    <dl className="provenance">
      <dt>{say('ui.formula')}</dt>
      <dd>{formula}</dd>
      {inputs.map(([name, value]) => (
        <div key={name} className="provenance-input">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {policy && (
        <>
          <dt>{say('ui.policyVersion')}</dt>
          <dd>{policy}</dd>
        </>
      )}
      {asOf && (
        <>
          <dt>{say('ui.asOf')}</dt>
          <dd>{asOf.length > 10 ? momentText(asOf) : asOf}</dd>
        </>
      )}
    </dl>
  )
  return (
    <Popover content={told} title={say('ui.source')} trigger={['hover', 'focus', 'click']}>
      <button type="button" className="explained">
        {of.children}
      </button>
    </Popover>
  )
}
