import { useQuery } from '@tanstack/react-query'
import type { CustomerChoices } from '#contract/customer.ts'
import { get } from '../ui/api.ts'
import type { Filter } from '../ui/filter-bar.tsx'
import { useWords } from '../ui/use-words.ts'
import type { WordKey } from '../words.ts'

const none: CustomerChoices = {
  grades: [],
  industry: [],
  region: [],
  department: [],
  salesperson: [],
}

/** What the filters can be set to. */
export function useCustomerChoices(): CustomerChoices {
  const choices = useQuery({
    queryKey: ['/api/customer-choices'],
    queryFn: () => get<CustomerChoices>('/api/customer-choices'),
    staleTime: 60_000,
  })
  return choices.data ?? none
}

export function useCustomerFilters(): readonly Filter[] {
  const { pick, say } = useWords()
  const choices = useCustomerChoices()
  const options = (values: readonly string[], word: string) =>
    values.map((value) => ({ value, label: say(`${word}.${value}` as WordKey) }))
  const yesOrNo = ['true', 'false']
  const grades = choices.grades.map((grade) => ({
    value: grade.code,
    label: `${grade.code} ${pick(grade)}`,
  }))
  const valued = (['industry', 'region', 'department'] as const).map((name) => ({
    ...{ name, label: `customer.${name}` as const, kind: 'value' as const, isExtra: true },
    values: choices[name],
  }))
  return [
    { name: 'text', label: 'customer.filter.text', kind: 'text' },
    {
      ...{ name: 'grade', label: 'customer.grade', kind: 'choices' },
      choices: [...grades, { value: 'none', label: say('customer.filter.noGrade') }],
    },
    {
      ...{ name: 'status', label: 'customer.status', kind: 'choices' },
      choices: options(['open', 'watch', 'blocked', 'frozen'], 'customer.status'),
    },
    {
      ...{ name: 'overdue', label: 'customer.filter.overdue', kind: 'choice' },
      choices: options(yesOrNo, 'customer.filter.overdue'),
    },
    {
      ...{ name: 'salesperson', label: 'customer.salesperson', kind: 'value' },
      values: choices.salesperson,
    },
    {
      ...{ name: 'daysOverdueOver', label: 'customer.filter.daysOverdueOver', kind: 'number' },
      ...{ unit: say('customer.filter.days'), isExtra: true },
    },
    {
      ...{ name: 'utilisationOver', label: 'customer.filter.utilisationOver', kind: 'number' },
      ...{ unit: '%', isExtra: true },
    },
    {
      ...{ name: 'limitIs', label: 'customer.filter.limitIs', kind: 'choice', isExtra: true },
      choices: options(['none', 'in-force', 'expired'], 'customer.filter.limitIs'),
    },
    {
      ...{ name: 'held', label: 'customer.filter.held', kind: 'choice', isExtra: true },
      choices: options(yesOrNo, 'customer.filter.held'),
    },
    ...valued,
    {
      ...{ name: 'state', label: 'customer.filter.state', kind: 'choice', isExtra: true },
      choices: options(['open', 'closed'], 'customer.filter.state'),
    },
  ]
}
