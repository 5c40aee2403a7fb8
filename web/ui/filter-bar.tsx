import { AutoComplete, Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useEffect, useState } from 'react'
import type { WordKey } from '../words.ts'
import { CustomerChoice } from './customer-choice.tsx'
import { useWords } from './use-words.ts'

export type Filter = {
  /** Of the parameter in the address and in the request. */
  readonly name: string
  readonly label: WordKey
  /** Out of sight until one asks for it, or it is set. */
  readonly isExtra?: boolean
} & (
  | { readonly kind: 'text' }
  /** A whole number. */
  | { readonly kind: 'number'; readonly unit: string }
  /** One's own word, or one of those that are in use. */
  | { readonly kind: 'value'; readonly values: readonly string[] }
  | { readonly kind: 'day' }
  | { readonly kind: 'customer' }
  | {
      /** One, or several with commas between them. */
      readonly kind: 'choice' | 'choices'
      readonly choices: readonly { readonly value: string; readonly label: string }[]
      /** Which of them holds where none is chosen; all, where it is not told. */
      readonly usual?: string
    }
)

type Of = {
  readonly filters: readonly Filter[]
  readonly values: Readonly<Record<string, string>>
  readonly set: (changes: Readonly<Record<string, string | null>>) => void
  /** Stands before the filters. */
  readonly lead?: ReactNode
  readonly children?: ReactNode
}

/** The filters above a list; what is typed is asked for when the person pauses. */
export function FilterBar({ children, filters, lead, set, values }: Of): ReactNode {
  const { say } = useWords()
  const [isUnfolded, setUnfolded] = useState(false)
  // On a phone one filter leaves room for the list.
  const isNarrow = window.innerWidth < 800
  const shown = filters.filter(
    ({ isExtra, name }, place) => isUnfolded || values[name] || (isNarrow ? place === 0 : !isExtra),
  )
  const isAnySet = filters.some(({ name }) => values[name])
  if (filters.length === 0 && !children) return null
  return (
    <search className="filter-bar">
      {lead}
      {shown.map((filter) => (
        <div key={filter.name} className="filter">
          <span aria-hidden>{say(filter.label)}</span>
          <FilterInput
            filter={filter}
            value={values[filter.name] ?? ''}
            set={(value) => set({ [filter.name]: value })}
          />
        </div>
      ))}
      {(isUnfolded || shown.length < filters.length) && (
        <Button type="link" aria-expanded={isUnfolded} onClick={() => setUnfolded(!isUnfolded)}>
          {say(isUnfolded ? 'ui.filter.fewer' : 'ui.filter.more')}
        </Button>
      )}
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
    case 'number':
      return <NumberInput label={label} unit={filter.unit} value={value} set={set} />
    case 'value':
      return <ValueInput label={label} values={filter.values} value={value} set={set} />
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
          allowClear={filter.usual === undefined}
          showSearch={filter.choices.length > 8}
          popupMatchSelectWidth={false}
          value={value === '' ? (filter.usual ?? null) : value}
          placeholder={say('ui.all')}
          options={[...filter.choices]}
          onChange={(chosen) => set(chosen === filter.usual ? null : (chosen ?? null))}
          style={{ minWidth: 108 }}
        />
      )
    case 'choices':
      return (
        <Select
          mode="multiple"
          aria-label={label}
          allowClear
          maxTagCount="responsive"
          popupMatchSelectWidth={false}
          value={value === '' ? [] : value.split(',')}
          placeholder={say('ui.all')}
          options={[...filter.choices]}
          optionFilterProp="label"
          onChange={(chosen: string[]) => set(chosen.length === 0 ? null : chosen.join(','))}
          style={{ width: 150 }}
        />
      )
  }
}

const pauseMs = 250

type TypedOf = {
  readonly label: string
  readonly value: string
  readonly set: (value: string | null) => void
}

function TextInput({ label, set, value }: TypedOf): ReactNode {
  const typed = useTyped(value, set)
  return (
    <Input
      aria-label={label}
      allowClear
      value={typed.text}
      onChange={(event) => typed.type(event.target.value)}
      onPressEnter={typed.enter}
      style={{ width: 180 }}
    />
  )
}

function NumberInput({ label, set, unit, value }: TypedOf & { readonly unit: string }): ReactNode {
  const typed = useTyped(value, set)
  return (
    <Input
      aria-label={label}
      inputMode="numeric"
      value={typed.text}
      suffix={unit}
      maxLength={6}
      onChange={(event) => typed.type(event.target.value.replace(/\D/g, ''))}
      onPressEnter={typed.enter}
      style={{ width: 96 }}
    />
  )
}

function ValueInput(of: TypedOf & { readonly values: readonly string[] }): ReactNode {
  const { label, set, value, values } = of
  const typed = useTyped(value, set)
  return (
    <AutoComplete
      aria-label={label}
      allowClear
      value={typed.text}
      options={values.filter((each) => each.includes(typed.text)).map((each) => ({ value: each }))}
      popupMatchSelectWidth={false}
      onChange={(text?: string) => typed.type(text ?? '')}
      style={{ width: 140 }}
    />
  )
}

/** What is being typed; it counts when the person pauses. */
function useTyped(value: string, set: (value: string | null) => void) {
  const [text, setText] = useState(value)
  const enter = () => set(text.trim() === '' ? null : text.trim())
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text.trim() === value) return
    const timer = setTimeout(enter, pauseMs)
    return () => clearTimeout(timer)
  })
  return { text, type: setText, enter }
}
