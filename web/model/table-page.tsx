import { useQuery } from '@tanstack/react-query'
import { Form, Select, Switch } from 'antd'
import type { ReactNode } from 'react'
import { useLocation, useNavigate, useParams } from 'react-router'
import type { NewModel } from '#contract/model.ts'
import type { QueuedJob } from '#contract/system.ts'
import type { TrainingTable } from '#contract/training-table.ts'
import { ActButton } from '../ui/act-button.tsx'
import { get, send } from '../ui/api.ts'
import { MomentText } from '../ui/money.tsx'
import { Card, Loaded, Page } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'

/** An uploaded table: what its columns hold, and what is to be learned from it. */
export function TablePage(): ReactNode {
  const { say } = useWords()
  const { id = '' } = useParams()
  const path = `/api/model-tables/${id}`
  const table = useQuery({ queryKey: [path], queryFn: () => get<TrainingTable>(path) })
  const { data } = table
  return (
    <Page
      title={data ? say('model.table.of', { file: data.fileName }) : say('model.table')}
      back={{ to: '/policies/models', name: say('model.title') }}
      note={
        data && (
          <>
            {say('model.table.rows', { rows: data.rows, columns: data.columns.length })} ·{' '}
            {data.uploadedBy} · <MomentText moment={data.recordedAt} />
          </>
        )
      }
    >
      <Loaded query={table}>
        {(loaded) => (
          <>
            <Card title={say('model.new')}>
              <TableForm table={loaded} />
            </Card>
            <Card title={say('model.table.column')}>
              <Columns table={loaded} />
            </Card>
          </>
        )}
      </Loaded>
    </Page>
  )
}

type Fields = {
  readonly label: string
  readonly bad: string
  readonly without: readonly string[]
  readonly isLeakLeftOut: boolean
  readonly pairs: boolean
}

function TableForm({ table }: { table: TrainingTable }): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const reason = useMayNot()('policy:write')
  const begun = useLocation().state as NewModel | null
  const [form] = Form.useForm<Fields>()
  const label = Form.useWatch('label', form) ?? begun?.table?.label
  const start = useAct<Fields, QueuedJob>({
    send: ({ bad, isLeakLeftOut, label: column, pairs, without }, key) => {
      const body: NewModel = {
        table: { id: table.id, label: column, bad, pairs },
        without: [...without],
        leaks: isLeakLeftOut ? 'leave-out' : 'keep',
      }
      return send('POST', '/api/models', { body, key })
    },
    touches: ['/api/models'],
    isProblemShown: true,
    onDone: ({ jobId }) => navigate(`/policies/models/${jobId}`),
  })
  const names = table.columns.map(({ name }) => ({ value: name, label: name }))
  const values = table.columns.find(({ name }) => name === label)?.values ?? []
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{
        ...{ label: begun?.table?.label, bad: begun?.table?.bad, without: begun?.without ?? [] },
        ...{ isLeakLeftOut: begun?.leaks !== 'keep', pairs: begun?.table?.pairs ?? false },
      }}
      onFinish={start.mutate}
    >
      <div className="form-grid">
        <Form.Item name="label" label={say('model.table.label')} rules={[{ required: true }]}>
          <Select
            showSearch
            options={names}
            onChange={() => form.setFieldValue('bad', undefined)}
          />
        </Form.Item>
        <Form.Item name="bad" label={say('model.table.bad')} rules={[{ required: true }]}>
          <Select showSearch options={values.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="without" label={say('model.table.without')}>
          <Select mode="multiple" options={names.filter(({ value }) => value !== label)} />
        </Form.Item>
      </div>
      <Choice
        name="isLeakLeftOut"
        label={say('model.leaks.leaveOut')}
        help={say('model.leaks.help')}
      />
      <Choice name="pairs" label={say('model.table.pairs')} help={say('model.table.pairs.help')} />
      {start.error && <ProblemNote error={start.error} />}
      <ActButton type="primary" htmlType="submit" reason={reason} loading={start.isPending}>
        {say('model.start')}
      </ActButton>
    </Form>
  )
}

function Choice(of: {
  readonly name: keyof Fields
  readonly label: string
  readonly help: string
}): ReactNode {
  return (
    <Form.Item name={of.name} label={of.label} extra={of.help} valuePropName="checked">
      <Switch />
    </Form.Item>
  )
}

function Columns({ table }: { table: TrainingTable }): ReactNode {
  const { say } = useWords()
  return (
    <PlainTable
      titles={[
        ...(['model.table.column', 'model.table.kind', '>model.table.missing'] as const),
        'model.table.values',
      ]}
    >
      {table.columns.map(({ kind, missing, name, values }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>{say(`model.table.kind.${kind}`)}</td>
          <td className="right">{missing}</td>
          <td className="quiet">{values.slice(0, 8).join('、')}</td>
        </tr>
      ))}
    </PlainTable>
  )
}
