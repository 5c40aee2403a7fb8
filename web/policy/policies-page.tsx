import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { type PolicyVersion, type PolicyVersions, policyKinds } from '#contract/policy.ts'
import { ActButton } from '../ui/act-button.tsx'
import { get } from '../ui/api.ts'
import { MomentText } from '../ui/money.tsx'
import { Card, EmptyState, Loaded, Page } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { PolicyState } from './policy-state.tsx'

/** The versions of each policy: what holds, what is drafted, what held before. */
export function PoliciesPage(): ReactNode {
  const { say } = useWords()
  const versions = useQuery({
    queryKey: ['/api/policies'],
    queryFn: () => get<PolicyVersions>('/api/policies'),
  })
  return (
    <Page
      title={say('shell.policies')}
      note={say('policy.note')}
      actions={
        <>
          <Link to="/policies/lab">{say('replay.title')}</Link>
          <Link to="/policies/pilots">{say('pilot.title')}</Link>
          <Link to="/policies/monitoring">{say('monitor.title')}</Link>
          <Link to="/policies/models">{say('model.title')}</Link>
          <Link to="/formulas">{say('formula.title')}</Link>
        </>
      }
    >
      <Loaded query={versions}>
        {({ items }) =>
          policyKinds.map((kind) => (
            <KindCard
              key={kind}
              kind={kind}
              versions={items.filter((each) => each.kind === kind)}
            />
          ))
        }
      </Loaded>
    </Page>
  )
}

function KindCard(of: {
  readonly kind: PolicyVersion['kind']
  readonly versions: readonly PolicyVersion[]
}): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const [ticked, setTicked] = useState<readonly string[]>([])
  const chosen = of.versions.filter(({ id }) => ticked.includes(id))
  const [newer, older] = chosen
  const toggle = (id: string, isTicked: boolean) =>
    setTicked((now) => (isTicked ? [...now, id].slice(-2) : now.filter((each) => each !== id)))
  return (
    <Card
      title={say(`policy.kind.${of.kind}`)}
      extra={
        of.versions.length > 1 && (
          <ActButton
            size="small"
            reason={!(newer && older) && say('policy.compare.two')}
            onClick={() => navigate(`/policies/compare?before=${older?.id}&after=${newer?.id}`)}
          >
            {say('policy.compare')}
          </ActButton>
        )
      }
    >
      {of.versions.length === 0 ? (
        <EmptyState
          title={say('policy.none')}
          text={say(of.kind === 'indicators' ? 'policy.none.formulas' : 'policy.none.text')}
          action={
            of.kind === 'indicators' && (
              <Link to="/policies/first-formulas">
                {say('edit.first', { kind: say('policy.kind.indicators') })}
              </Link>
            )
          }
        />
      ) : (
        <VersionTable versions={of.versions} ticked={ticked} toggle={toggle} />
      )}
    </Card>
  )
}

function VersionTable(of: {
  readonly versions: readonly PolicyVersion[]
  readonly ticked: readonly string[]
  readonly toggle: (id: string, isTicked: boolean) => void
}): ReactNode {
  const { say } = useWords()
  const [isAll, setAll] = useState(false)
  const few = 5
  return (
    <div className="table-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th>{say('policy.version')}</th>
            <th>{say('policy.title')}</th>
            <th>{say('system.state')}</th>
            <th>{say('policy.draftedBy')}</th>
            <th>{say('policy.publishedBy')}</th>
            <th>{say('policy.publishedAt')}</th>
            <th>{say('policy.remark')}</th>
          </tr>
        </thead>
        <tbody>
          {of.versions.slice(0, isAll ? undefined : few).map((version) => (
            <tr key={version.id}>
              <th scope="row">
                {of.versions.length > 1 && (
                  <Checkbox
                    aria-label={say('policy.compare.choose', { number: version.number })}
                    checked={of.ticked.includes(version.id)}
                    onChange={({ target }) => of.toggle(version.id, target.checked)}
                  />
                )}{' '}
                <Link to={`/policies/${version.id}`}>
                  {say('policy.number', { number: version.number })}
                </Link>
              </th>
              <td>{version.title}</td>
              <td>
                <PolicyState state={version.state} />
              </td>
              <td>{version.createdBy}</td>
              <td>{version.publishedBy ?? <span className="quiet">-</span>}</td>
              <td>
                <MomentText moment={version.publishedAt} />
              </td>
              <td>{version.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {of.versions.length > few && !isAll && (
        <Button type="link" onClick={() => setAll(true)}>
          {say('ui.count', { count: of.versions.length })}
        </Button>
      )}
    </div>
  )
}
