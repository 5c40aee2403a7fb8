import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { createContext, type ReactNode, useContext, useState } from 'react'
import type { BinDistribution } from '#contract/lab.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { send } from '../../ui/api.ts'
import { ProblemNote } from '../../ui/problem.tsx'
import { useSettled } from '../../ui/use-settled.ts'
import { useWords } from '../../ui/use-words.ts'

const pauseMs = 700
const fewBad = 10

const Bins = createContext<BinDistribution | undefined>(undefined)

/** Shows on demand how the company's own customers fall into the bins that are being written. */
export function WithBins(of: {
  readonly document: Canonical
  readonly isSound: boolean
  readonly children: ReactNode
}): ReactNode {
  const { say } = useWords()
  const [isShown, setShown] = useState(false)
  const document = useSettled(of.document, pauseMs)
  const path = '/api/policies/bin-distribution'
  const bins = useQuery({
    queryKey: [path, document],
    queryFn: ({ signal }) => send<BinDistribution>('POST', path, { body: { document }, signal }),
    enabled: isShown && of.isSound,
    placeholderData: (before) => before,
    staleTime: 60_000,
  })
  const told = isShown ? bins.data : undefined
  return (
    <Bins value={told}>
      <section className="card bins-bar">
        <div className="act-row">
          <Button onClick={() => setShown(!isShown)} loading={isShown && bins.isFetching}>
            {say(isShown ? 'edit.bins.hide' : 'edit.bins.show')}
          </Button>
          {isShown && !of.isSound && <span className="quiet">{say('edit.bins.wrong')}</span>}
        </div>
        {isShown && bins.error && <ProblemNote error={bins.error} retry={() => bins.refetch()} />}
        {told && <Told bins={told} />}
      </section>
      {of.children}
    </Bins>
  )
}

function Told({ bins }: { bins: BinDistribution }): ReactNode {
  const { say } = useWords()
  const { bad, customers, isAll, judged, notRated, past } = bins
  if (customers === 0) return <p role="status">{say('edit.bins.none')}</p>
  return (
    <p role="status">
      {say('edit.bins.told', {
        ...{ customers, past, judged, bad },
        ...{ horizon: bins.horizonDays, threshold: bins.thresholdDays },
      })}{' '}
      {!isAll && say('edit.bins.some', { count: customers + notRated })}{' '}
      {bad < fewBad && say('edit.bins.few')}
    </p>
  )
}

/** How customers fall into one bin of a characteristic; nothing while it is not shown. */
export function BinShare(of: {
  readonly characteristic: string
  /** Its place; undefined for those of whom it is not known. */
  readonly at: number | undefined
}): ReactNode {
  const { say } = useWords()
  const bins = useContext(Bins)
  const found = bins?.characteristics.find(({ id }) => id === of.characteristic)
  const bin = of.at === undefined ? found?.missing : found?.bins[of.at]
  if (!bins || !bin) return null
  const percent = bins.customers === 0 ? 0 : (100 * bin.customers) / bins.customers
  return (
    <span className="bin-share">
      <span className="bin-bar" aria-hidden="true">
        <span className="bin-fill" style={{ width: `${percent}%` }} />
      </span>
      <span className="quiet">
        {say('edit.bins.row', {
          ...{ customers: bin.customers, share: percent.toFixed(1) },
          ...{ bad: bin.bad, judged: bin.judged },
        })}
      </span>
    </span>
  )
}
