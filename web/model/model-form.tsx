import { useQuery } from '@tanstack/react-query'
import { Form, InputNumber, Select, Switch } from 'antd'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { IndicatorDefinition } from '#contract/indicator.ts'
import { type NewModel, usualModel } from '#contract/model.ts'
import type { QueuedJob } from '#contract/system.ts'
import { useInitials } from '../policy/use-completions.ts'
import { ActButton } from '../ui/act-button.tsx'
import { get, send } from '../ui/api.ts'
import { ProblemNote } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'

type Fields = Required<Omit<NewModel, 'merges' | 'leaks'>> & { readonly isLeakLeftOut: boolean }

/** What is to be learned; merges by hand belong to the card of a model and are not taken along. */
export function ModelForm(of: {
  readonly begun: NewModel | null
  readonly reason: string | null
}): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const { leaks, merges: _, ...begun } = { without: [], ...usualModel, ...of.begun }
  const start = useAct<Fields, QueuedJob>({
    send: ({ isLeakLeftOut, ...fields }, key) => {
      const body: NewModel = { ...fields, leaks: isLeakLeftOut ? 'leave-out' : 'keep' }
      return send('POST', '/api/models', { body, key })
    },
    touches: ['/api/models'],
    isProblemShown: true,
    onDone: ({ jobId }) => navigate(`/policies/models/${jobId}`),
  })
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      initialValues={{ ...begun, isLeakLeftOut: leaks === 'leave-out' }}
      onFinish={start.mutate}
    >
      <div className="form-grid">
        <WholeField name="thresholdDays" text="threshold" unit="days" range={[1, 720]} />
        <WholeField name="horizonDays" text="horizon" unit="days" range={[30, 720]} />
        <WholeField name="months" text="months" unit="monthsUnit" range={[2, 120]} />
      </div>
      <IndicatorsField />
      <Form.Item
        name="isLeakLeftOut"
        label={say('model.leaks.leaveOut')}
        extra={say('model.leaks.help')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      <details className="in-words model-scale">
        <summary>{say('model.scale')}</summary>
        <div className="form-grid">
          <WholeField name="pdo" text="pdo" range={[1, 1000]} />
          <WholeField name="baseScore" text="baseScore" range={[1, 99_999]} />
          <WholeField name="baseOdds" text="baseOdds" range={[1, 99_999]} />
        </div>
      </details>
      {start.error && <ProblemNote error={start.error} />}
      <ActButton
        type="primary"
        htmlType="submit"
        reason={of.reason}
        loading={start.isPending}
        className="model-start"
      >
        {say('model.start')}
      </ActButton>
    </Form>
  )
}

function WholeField(of: {
  readonly name: keyof Fields
  readonly text: 'threshold' | 'horizon' | 'months' | 'pdo' | 'baseScore' | 'baseOdds'
  readonly unit?: 'days' | 'monthsUnit'
  readonly range: readonly [least: number, most: number]
}): ReactNode {
  const { known, say } = useWords()
  const [min, max] = of.range
  const help = known(`model.${of.text}.help`)
  return (
    <Form.Item
      name={of.name}
      label={say(`model.${of.text}`)}
      {...(help !== undefined && { extra: help })}
      rules={[{ required: true, message: say('ui.required') }]}
    >
      <InputNumber
        {...{ min, max, precision: 0, className: 'whole-field' }}
        {...(of.unit && { suffix: say(`model.${of.unit}`) })}
      />
    </Form.Item>
  )
}

function IndicatorsField(): ReactNode {
  const { pick, say } = useWords()
  const initials = useInitials()
  const indicators = useQuery({
    queryKey: ['/api/indicators'],
    queryFn: () => get<{ items: readonly IndicatorDefinition[] }>('/api/indicators'),
  })
  return (
    <Form.Item name="without" label={say('model.without')}>
      <Select
        mode="multiple"
        allowClear
        placeholder={say('model.without.choose')}
        showSearch={{
          filterOption: (typed, option) =>
            String(option?.search ?? '').includes(typed.trim().toLowerCase()),
        }}
        options={(indicators.data?.items ?? []).map(({ id, label }) => ({
          value: id,
          label: pick(label),
          search: `${id} ${label.zh} ${label.en} ${initials(label.zh)}`.toLowerCase(),
        }))}
      />
    </Form.Item>
  )
}
