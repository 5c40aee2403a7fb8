import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import type { ModelList, NewModel } from '#contract/model.ts'
import { get } from '../ui/api.ts'
import { MomentText } from '../ui/money.tsx'
import { Card, EmptyState, Loaded, Page } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'
import { ModelForm } from './model-form.tsx'
import { ModelState } from './model-state.tsx'
import { TableDrop } from './table-drop.tsx'

const path = '/api/models'

/** Where scorecards are fitted to the own ledger, and what was fitted before. */
export function ModelsPage(): ReactNode {
  const { say } = useWords()
  const reason = useMayNot()('policy:write')
  const models = useQuery({
    queryKey: [path],
    queryFn: () => get<ModelList>(path),
    enabled: reason === null,
  })
  const location = useLocation()
  const begun = location.state as NewModel | null
  return (
    <Page
      title={say('model.title')}
      back={{ to: '/policies', name: say('shell.policies') }}
      note={say('model.note')}
    >
      {reason !== null && <p role="status">{reason}</p>}
      <Card title={say('model.new')}>
        <ModelForm key={location.key} begun={begun} reason={reason} />
      </Card>
      <TableDrop reason={reason} />
      {reason === null && (
        <Card title={say('model.past')}>
          <Loaded query={models}>{({ items }) => <PastModels items={items} />}</Loaded>
        </Card>
      )}
    </Page>
  )
}

function PastModels({ items }: ModelList): ReactNode {
  const { say } = useWords()
  if (items.length === 0) {
    return <EmptyState title={say('model.past.none')} text={say('model.past.none.text')} />
  }
  return (
    <PlainTable
      titles={[
        'model.label.title',
        'system.state',
        '>model.cases',
        '>model.bads',
        '>model.characteristics',
        '>model.auc.in',
        '>model.auc.out',
        'system.requestedBy',
        'people.createdAt',
      ]}
    >
      {items.map((model) => (
        <tr key={model.id}>
          <th scope="row">
            <Link to={`/policies/models/${model.id}`}>
              {model.table === null
                ? say('model.asked', factsOf(model))
                : say('model.table.of', { file: model.table })}
            </Link>
          </th>
          <td>
            <ModelState state={model.state} kind={model.kind} />
          </td>
          <td className="right">{model.cases ?? '-'}</td>
          <td className="right">{model.bads ?? '-'}</td>
          <td className="right">{model.characteristics ?? '-'}</td>
          <td className="right">{model.auc?.toFixed(3) ?? '-'}</td>
          <td className="right">{model.aucOutOfTime?.toFixed(3) ?? '-'}</td>
          <td>{model.requestedBy}</td>
          <td>
            <MomentText moment={model.createdAt} />
          </td>
        </tr>
      ))}
    </PlainTable>
  )
}

function factsOf({ horizonDays, months, thresholdDays }: ModelList['items'][number]) {
  return { threshold: thresholdDays, horizon: horizonDays, months }
}
