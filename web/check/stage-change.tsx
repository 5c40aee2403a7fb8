import type { ReactNode } from 'react'
import type { CreditCheckReply } from '#contract/check.ts'
import { stageLabels, stages } from '#kernel/exposure/stage.ts'
import { Money } from '../ui/money.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'

/** What the customer's exposure is made of, before a document and with it. */
export function StageChange({ exposure }: Pick<CreditCheckReply, 'exposure'>): ReactNode {
  const { pick } = useWords()
  const { after, before, currency } = exposure
  const shown = stages.filter((stage) => before[stage] !== undefined || after[stage] !== undefined)
  return (
    <PlainTable titles={['hold.stage', '>check.before', '>check.after']}>
      {shown.map((stage) => (
        <tr key={stage} className={before[stage] === after[stage] ? '' : 'is-changed'}>
          <th scope="row">{pick(stageLabels[stage])}</th>
          <td className="right">
            <Money amount={before[stage] ?? '0.00'} currency={currency} />
          </td>
          <td className="right">
            <Money amount={after[stage] ?? '0.00'} currency={currency} />
          </td>
        </tr>
      ))}
    </PlainTable>
  )
}
