import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { Today } from '#contract/report.ts'
import { get } from '../ui/api.ts'
import { Page } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { UnitSwitch } from '../ui/unit-switch.tsx'
import { useWords } from '../ui/use-words.ts'
import { useMay, useMe } from '../user/use-me.ts'
import { FigureCards } from './figure-cards.tsx'
import { sections } from './today-sections.tsx'

/** What waits for one in the morning, in the order in which it matters to one's role. */
export function TodayPage(): ReactNode {
  const { say } = useWords()
  const may = useMay()
  const { data: me } = useMe()
  const path = '/api/today'
  const today = useQuery({ queryKey: [path], queryFn: () => get<Today>(path) })
  const { data, error } = today
  const isLead = me?.scope === 'department'
  // Figures are of the whole company: for who sees all of it.
  const seesAll = me?.scope === 'all'
  const note = data && (
    <>
      <time dateTime={data.day}>{data.day}</time>
      {data.scope === 'own-customers' && ` · ${say(isLead ? 'today.department' : 'today.own')}`}
    </>
  )
  return (
    <Page title={say('shell.today')} note={note ?? ' '} actions={<UnitSwitch />}>
      {seesAll && may('report:read') && <FigureCards />}
      {!data && error && <ProblemNote error={error} retry={() => today.refetch()} />}
      <div className="today-sections">
        {data?.order.map((name) => {
          const Section = sections[name]
          return <Section key={name} today={data} />
        })}
        {!data && !error && <Placeholders />}
      </div>
    </Page>
  )
}

function Placeholders(): ReactNode {
  return Object.keys(sections).map((name) => (
    <section key={name} className="card today-section">
      <Skeleton active title={{ width: 160 }} paragraph={{ rows: 6 }} />
    </section>
  ))
}
