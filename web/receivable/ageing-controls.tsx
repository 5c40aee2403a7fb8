import { useQuery } from '@tanstack/react-query'
import { Button, DatePicker, Form, Input, Popover, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useState } from 'react'
import type { PartyChoices } from '#contract/party.ts'
import { get } from '../ui/api.ts'
import { commonCurrencies } from '../ui/common-currencies.ts'
import { type Filter, FilterBar } from '../ui/filter-bar.tsx'
import { useWords } from '../ui/use-words.ts'
import { readEnds } from './ageing-question.ts'

type Of = {
  readonly values: Readonly<Record<string, string>>
  readonly set: (changes: Readonly<Record<string, string | null>>) => void
  readonly base: string
  readonly asOf: string | undefined
}

/** Of which day, counted from what, in which buckets and currency, and of whom. */
export function AgeingControls({ asOf, base, set, values }: Of): ReactNode {
  const { say } = useWords()
  const filters: readonly Filter[] = [
    { kind: 'customer', name: 'party', label: 'ageing.customer' },
    ...(['salesperson', 'department', 'industry'] as const).map(useOwnerFilter),
  ]
  const by = values.by === 'invoice' ? 'invoice' : 'due'
  const shown = values.asOf ?? asOf
  const lead = (
    <>
      <div className="filter">
        <span aria-hidden>{say('ui.asOf')}</span>
        <DatePicker
          aria-label={say('ui.asOf')}
          value={shown === undefined ? null : dayjs(shown)}
          allowClear={values.asOf !== undefined}
          onChange={(day) => set({ asOf: day ? day.format('YYYY-MM-DD') : null })}
        />
      </div>
      <Segmented
        aria-label={say('ageing.by')}
        value={by}
        options={(['due', 'invoice'] as const).map((value) => ({
          value,
          label: say(`ageing.by.${value}`),
        }))}
        onChange={(chosen) =>
          set({ by: chosen === 'due' ? null : 'invoice', ...resetSort(values.sort) })
        }
      />
      <CurrencyChoice value={values.currency} base={base} set={(currency) => set({ currency })} />
      <BucketChoice
        ends={values.buckets}
        set={(buckets) => set({ buckets, ...resetSort(values.sort) })}
      />
    </>
  )
  return <FilterBar filters={filters} values={values} set={set} lead={lead} />
}

/** An order by a bucket means another one, or none, among other buckets. */
function resetSort(sort: string | undefined) {
  return sort && /\d/.test(sort) ? { sort: null } : {}
}

function useOwnerFilter(field: 'salesperson' | 'department' | 'industry'): Filter {
  const choices = useQuery({
    queryKey: ['/api/party-choices', { field }],
    queryFn: () => get<PartyChoices>('/api/party-choices', { field }),
    staleTime: 60_000,
  })
  const items = choices.data?.items ?? []
  return {
    kind: 'choice',
    name: field,
    label: `ageing.${field}`,
    choices: items.map((value) => ({ value, label: value })),
  }
}

function CurrencyChoice(of: {
  readonly value: string | undefined
  readonly base: string
  readonly set: (currency: string | null) => void
}): ReactNode {
  const { say } = useWords()
  const codes = [
    ...new Set([of.base, ...commonCurrencies, ...(of.value?.length === 3 ? [of.value] : [])]),
  ]
  return (
    <div className="filter">
      <span aria-hidden>{say('ui.currency')}</span>
      <Select
        aria-label={say('ui.currency')}
        popupMatchSelectWidth={false}
        value={of.value ?? 'converted'}
        options={[
          { value: 'converted', label: say('ageing.converted', { currency: of.base }) },
          { value: 'each', label: say('ageing.each') },
          ...codes.map((value) => ({ value, label: value })),
        ]}
        onChange={(chosen) => of.set(chosen === 'converted' ? null : chosen)}
      />
    </div>
  )
}

const usualEnds = '30,60,90,180,360'

function BucketChoice(of: {
  readonly ends: string | undefined
  readonly set: (ends: string | null) => void
}): ReactNode {
  const { say } = useWords()
  const [isOpen, setOpen] = useState(false)
  const use = (ends: string | null) => {
    of.set(ends === usualEnds ? null : ends)
    setOpen(false)
  }
  const form = (
    <Form
      layout="vertical"
      requiredMark={false}
      className="bucket-choice"
      initialValues={{ ends: of.ends && of.ends !== 'years' ? of.ends : usualEnds }}
      onFinish={({ ends }: { ends: string }) => use(readEnds(ends) ?? null)}
    >
      <Form.Item
        name="ends"
        label={say('ageing.buckets.hint')}
        rules={[
          {
            validator: async (_rule, typed = '') => {
              if (readEnds(typed) === undefined) throw new Error(say('ageing.buckets.wrong'))
            },
          },
        ]}
      >
        <Input autoFocus autoComplete="off" />
      </Form.Item>
      <div className="act-bar-plain">
        <Button type="primary" htmlType="submit">
          {say('ageing.buckets.use')}
        </Button>
        <Button onClick={() => use(null)}>{say('ageing.buckets.usual')}</Button>
        <Button onClick={() => use('years')}>{say('ageing.buckets.years')}</Button>
      </div>
    </Form>
  )
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={isOpen}
      onOpenChange={setOpen}
      destroyOnHidden
      content={form}
    >
      <Button>{say('ageing.buckets')}</Button>
    </Popover>
  )
}
