import { useQuery } from '@tanstack/react-query'
import { Form, Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { PolicyVersions } from '#contract/policy.ts'
import type { NewReplay } from '#contract/replay.ts'
import type { QueuedJob } from '#contract/system.ts'
import { usePolicy } from '../policy/use-policy.ts'
import { ActButton } from '../ui/act-button.tsx'
import { get, send } from '../ui/api.ts'
import { Loaded } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'
import { readValues, variedNumbers } from './varied-numbers.ts'

type Fields = {
  readonly versionId: string
  readonly months: number
  readonly marginPercent: number
  readonly lossAfterDays: number
  readonly patienceDays: number
  readonly pointer?: string
  readonly values?: string
}

/** What to replay, and how to reckon. */
export function ReplayForm(): ReactNode {
  const versions = useQuery({
    queryKey: ['/api/policies'],
    queryFn: () => get<PolicyVersions>('/api/policies'),
  })
  return <Loaded query={versions}>{({ items }) => <Asked versions={items} />}</Loaded>
}

function Asked({ versions }: { versions: PolicyVersions['items'] }): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const [parameters] = useSearchParams()
  const reason = useMayNot()('policy:write')
  const [form] = Form.useForm<Fields>()
  const start = useAct<Fields, QueuedJob>({
    send: (fields, key) => send('POST', '/api/policy-replays', { body: replayOf(fields), key }),
    isProblemShown: true,
    done: (words) => words('replay.started'),
    touches: ['/api/policy-replays'],
    onDone: ({ jobId }) => navigate(`/policies/lab/${jobId}`),
  })
  const [first] = versions
  const chosen = parameters.get('version') ?? first?.id
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="replay-form"
      initialValues={{
        ...{ versionId: chosen, months: 12, marginPercent: 10 },
        ...{ lossAfterDays: 90, patienceDays: 30 },
      }}
      onFinish={(fields) => start.mutate(fields)}
    >
      <Form.Item name="versionId" label={say('replay.policy')} rules={[{ required: true }]}>
        <Select
          onChange={() => form.setFieldValue('pointer', undefined)}
          options={versions.map(({ id, kind, number, state }) => ({
            value: id,
            label: `${say(`policy.kind.${kind}`)} · ${say('policy.number', { number })} · ${say(`policy.state.${state}`)}`,
          }))}
        />
      </Form.Item>
      <Numbers />
      <Vary />
      {start.error && <ProblemNote error={start.error} />}
      <ActButton type="primary" htmlType="submit" reason={reason} loading={start.isPending}>
        {say('replay.start')}
      </ActButton>
    </Form>
  )
}

function Numbers(): ReactNode {
  const { say } = useWords()
  const asked = [
    ['months', 'replay.months', 'replay.months.hint', 3, 60],
    ['marginPercent', 'replay.margin', 'replay.margin.hint', 0, 99],
    ['lossAfterDays', 'replay.loss', null, 30, 720],
    ['patienceDays', 'replay.patience', 'replay.patience.hint', 0, 365],
  ] as const
  return (
    <div className="replay-numbers">
      {asked.map(([name, label, hint, min, max]) => (
        <Form.Item
          key={name}
          name={name}
          label={say(label)}
          extra={hint && say(hint)}
          rules={[{ required: true, message: say('ui.required') }]}
        >
          <InputNumber min={min} max={max} precision={name === 'marginPercent' ? 2 : 0} />
        </Form.Item>
      ))}
    </div>
  )
}

/** The numbers of the chosen version, of which one may take several values. */
function Vary(): ReactNode {
  const { language, say } = useWords()
  const form = Form.useFormInstance<Fields>()
  const versionId = Form.useWatch('versionId', form)
  const pointer = Form.useWatch('pointer', form)
  const policy = usePolicy(versionId ?? '')
  const numbers = variedNumbers(policy.data?.document, language === 'en' ? 'en' : 'zh')
  return (
    <div className="replay-numbers">
      <Form.Item name="pointer" label={say('replay.vary')} extra={say('replay.vary.hint')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={numbers.map(({ label, pointer: value, value: now }) => ({
            ...{ value, label: `${label} = ${now}` },
          }))}
        />
      </Form.Item>
      {pointer && (
        <Form.Item
          name="values"
          label={say('replay.values')}
          extra={say('replay.values.hint')}
          rules={[{ validator: (_rule, typed) => checkValues(typed, say('replay.values.wrong')) }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      )}
    </div>
  )
}

const mostValues = 12

async function checkValues(typed: string | undefined, wrong: string): Promise<void> {
  const values = readValues(typed ?? '')
  if (!values || values.length === 0 || values.length > mostValues) throw new Error(wrong)
}

function replayOf(fields: Fields): NewReplay {
  const { marginPercent, pointer, values, versionId, ...numbers } = fields
  return {
    ...{ tried: { versionId }, ...numbers, marginPercent: String(marginPercent) },
    ...(pointer && { vary: { pointer, values: readValues(values ?? '') ?? [] } }),
  }
}
