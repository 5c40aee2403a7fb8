import { Select } from 'antd'
import { type ReactNode, useId } from 'react'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import { useWords } from '../../ui/use-words.ts'
import { useInitials } from '../use-completions.ts'

/** Adds an indicator, found by a part of its name or by its initials in pinyin. */
export function IndicatorChoice(of: {
  readonly label: string
  readonly indicators: readonly Indicator[]
  readonly choose: (indicator: Indicator) => void
}): ReactNode {
  const { pick, say } = useWords()
  const id = useId()
  const initials = useInitials()
  return (
    <p className="add-characteristic">
      <label htmlFor={id}>{of.label}</label>
      <Select
        id={id}
        showSearch={{
          filterOption: (typed, option) =>
            String(option?.search ?? '').includes(typed.trim().toLowerCase()),
        }}
        value={null}
        placeholder={say('edit.card.choose')}
        onChange={(chosen: string | null) => {
          const indicator = of.indicators.find((each) => each.id === chosen)
          if (indicator) of.choose(indicator)
        }}
        options={of.indicators.map((each) => ({
          value: each.id,
          label: pick(each.label),
          search: [each.id, each.label.zh, each.label.en, initials(each.label.zh)]
            .join(' ')
            .toLowerCase(),
        }))}
      />
    </p>
  )
}
