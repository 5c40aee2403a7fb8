import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Health } from '#contract/system.ts'
import { get } from '../ui/api.ts'
import { Mark } from '../ui/mark.tsx'
import { Card, Descriptions, Loaded, Page } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'
import { JobTable } from './job-table.tsx'
import { MailTable } from './mail-table.tsx'
import { Proofs } from './proofs.tsx'

/** Whether the program is well, and what it does in the background. */
export function SystemPage(): ReactNode {
  const { say } = useWords()
  const may = useMay()
  return (
    <Page title={say('shell.system')}>
      <div className="card-grid">
        <HealthCard />
        <Proofs />
      </div>
      <JobTable />
      {may('user:admin') && <MailTable />}
    </Page>
  )
}

function HealthCard(): ReactNode {
  const { say } = useWords()
  const health = useQuery({
    queryKey: ['/health'],
    queryFn: () => get<Health>('/health'),
    refetchInterval: 30_000,
  })
  return (
    <Card title={say('system.health')}>
      <Loaded query={health} rows={3}>
        {({ checks, status, version }) => (
          <Descriptions
            items={[
              [
                say('system.state'),
                <Mark key="state" tone={status === 'ok' ? 'good' : 'bad'}>
                  {say(`system.state.${status}`)}
                </Mark>,
              ],
              [say('system.version'), version],
              ...checks.map(
                ({ detail, name, ok }) =>
                  [
                    say(`system.check.${name as 'database' | 'schema'}`),
                    <span key={name} className={ok ? '' : 'negative'}>
                      {name === 'schema' ? detail.replace(/^version /, '') : detail}
                    </span>,
                  ] as const,
              ),
            ]}
          />
        )}
      </Loaded>
    </Card>
  )
}
