import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useEffect, useState } from 'react'
import type { WordKey } from '../words.ts'
import { CustomerChoice } from './customer-choice.tsx'
import { useWords } from './use-words.ts'

export type Filter = {
  /** Of the parameter in the address and in the request. */
  readonly name: string
  readonly label: WordKey
} & (
  | { readonly kind: 'text' }
  | { readonly kind: 'day' }
  | { readonly kind: 'customer' }
  | {
      readonly kind: 'choice'
      readonly choices: readonly { readonly value: string; readonly label: string }[]
    }
)

type Of = {
  readonly filters: readonly Filter[]
  readonly values: Readonly<Record<string, string>>
  readonly set: (changes: Readonly<Record<string, string | null>>) => void
  readonly children?: ReactNode
}

/** The filters above a list; what is typed is asked for when the person pauses. */
export function FilterBar({ children, filters, set, values }: Of): ReactNode {
  const { say } = useWords()
  if (filters.length === 0 && !children) return null
  const isAnySet = filters.some(({ name }) => values[name])
  return (
    <search className="filter-bar">
      {filters.map((filter) => (
        <div key={filter.name} className="filter">
          <span aria-hidden>{say(filter.label)}</span>
          <FilterInput
            filter={filter}
            value={values[filter.name] ?? ''}
            set={(value) => set({ [filter.name]: value })}
          />
        </div>
      ))}
      {isAnySet && (
        <Button
          type="link"
          onClick={() => set(Object.fromEntries(filters.map(({ name }) => [name, null])))}
        >
          {say('ui.clear')}
        </Button>
      )}
      {children}
    </search>
  )
}

type InputOf = {
  readonly filter: Filter
  readonly value: string
  readonly set: (value: string | null) => void
}

function FilterInput({ filter, set, value }: InputOf): ReactNode {
  const { say } = useWords()
  const label = say(filter.label)
  switch (filter.kind) {
    case 'text':
      return <TextInput label={label} value={value} set={set} />
    case 'day':
      return (
        <DatePicker
          aria-label={label}
          value={value === '' ? null : dayjs(value)}
          onChange={(day) => set(day ? day.format('YYYY-MM-DD') : null)}
        />
      )
    case 'customer':
      return (
        <span className="filter-customer">
          <CustomerChoice
            label={label}
            {...(value !== '' && { value })}
            onChange={set}
            clear={() => set(null)}
          />
        </span>
      )
    case 'choice':
      return (
        <Select
          aria-label={label}
          allowClear
          popupMatchSelectWidth={false}
          value={value === '' ? null : value}
          placeholder={say('ui.all')}
          options={[...filter.choices]}
          onChange={(chosen) => set(chosen ?? null)}
          style={{ minWidth: 108 }}
        />
      )
  }
}

const pauseMs = 250

function TextInput(of: {
  readonly label: string
  readonly value: string
  readonly set: (value: string | null) => void
}): ReactNode {
  const { label, set, value } = of
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => set(text.trim() === '' ? null : text.trim()), pauseMs)
    return () => clearTimeout(timer)
  })
  return (
    <Input
      aria-label={label}
      allowClear
      value={text}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={() => set(text.trim() === '' ? null : text.trim())}
      style={{ width: 180 }}
    />
  )
}
