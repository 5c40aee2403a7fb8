import type { ReactNode } from 'react'
import {
  type AgeBuckets,
  invoiceAgeBuckets,
  overdueBuckets,
  statementBuckets,
} from '#kernel/receivable/buckets.ts'
import { Card, Descriptions } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'

/** How old receivables are told apart, wherever no other columns are asked for. */
export function AgeingBuckets(): ReactNode {
  const { say } = useWords()
  return (
    <Card title={say('company.buckets')}>
      <Descriptions
        items={[
          [say('company.buckets.due'), <Names key="due" of={overdueBuckets} />],
          [say('company.buckets.invoice'), <Names key="invoice" of={invoiceAgeBuckets} />],
          [say('company.buckets.years'), <Names key="years" of={statementBuckets} />],
        ]}
      />
    </Card>
  )
}

function Names({ of }: { of: AgeBuckets }): ReactNode {
  const { pick } = useWords()
  return of.buckets.map(({ from, label }) => <div key={from}>{pick(label)}</div>)
}
