import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type ReactNode, useId } from 'react'
import type { CustomerChoices } from '#contract/customer.ts'
import { partyRoles } from '#contract/party.ts'
import { get } from '../../ui/api.ts'
import { useWords } from '../../ui/use-words.ts'
import { listAt, type Path, pathText } from './editing.ts'
import type { EditorProps } from './editor-props.ts'

type Choice = { readonly value: string; readonly label: string }

/** Whom something is about: a list each, of which all must fit; an empty list asks nothing. */
export function ScopeLists(
  of: EditorProps & {
    readonly path: Path
    readonly lists: readonly { readonly name: string; readonly label: string }[]
    readonly choices: Readonly<Record<string, readonly Choice[]>>
    /** What an empty list means; that all fit where nothing is told. */
    readonly placeholder?: string
    /** Whether nothing is left of it where all lists are empty. */
    readonly isDropped?: boolean
  },
): ReactNode {
  const { choices, document, isDropped, lists, path, problems, set } = of
  const written = (name: string, value: readonly string[]) => {
    const isLast = lists.every(
      (each) => each.name === name || listAt(document, [...path, each.name]).length === 0,
    )
    if (isDropped && value.length === 0 && isLast) return set([{ path, value: undefined }])
    set([{ path: [...path, name], value: value.length > 0 ? value : undefined }])
  }
  return lists.map(({ label, name }) => (
    <ScopeList
      key={name}
      label={label}
      choices={choices[name] ?? []}
      placeholder={of.placeholder}
      value={listAt(document, [...path, name]).map(String)}
      problem={problems.get(pathText(path)) ?? problems.get(pathText([...path, name]))}
      set={(value) => written(name, value)}
    />
  ))
}

function ScopeList(of: {
  readonly label: string
  readonly choices: readonly Choice[]
  readonly placeholder: string | undefined
  readonly value: readonly string[]
  readonly problem: string | undefined
  readonly set: (value: string[]) => void
}): ReactNode {
  const { say } = useWords()
  const id = useId()
  return (
    <div>
      <label htmlFor={id}>{of.label}</label>
      <Select<string[]>
        id={id}
        mode="tags"
        style={{ width: '100%' }}
        placeholder={of.placeholder ?? say('ui.all')}
        status={of.problem === undefined ? '' : 'error'}
        value={[...of.value]}
        options={[...of.choices]}
        onChange={of.set}
      />
    </div>
  )
}

/** What scopes can name: what customers are told to be today, and the classes there are. */
export function useScopeChoices() {
  const { say } = useWords()
  const { data } = useQuery({
    queryKey: ['/api/customer-choices'],
    queryFn: () => get<CustomerChoices>('/api/customer-choices'),
  })
  const same = (values: readonly string[] = []) => values.map((value) => ({ value, label: value }))
  return {
    industries: same(data?.industry),
    departments: same(data?.department),
    regions: same(data?.region),
    roles: partyRoles
      .filter((role) => role !== 'supplier')
      .map((role) => ({ value: role, label: say(`customer.role.${role}`) })),
  }
}
