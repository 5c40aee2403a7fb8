import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { useWords } from './use-words.ts'

/** A day by calendar or typed; empty is today. Later days than the latest cannot be chosen. */
export function DayChoice(of: {
  readonly label: string
  readonly value: string | null
  readonly latest: string | undefined
  readonly choose: (day: string | null) => void
}): ReactNode {
  const { say } = useWords()
  return (
    <DatePicker
      aria-label={of.label}
      placeholder={`${of.label}: ${say('ui.today')}`}
      value={of.value === null ? null : dayjs(of.value)}
      {...(of.latest !== undefined && { maxDate: dayjs(of.latest) })}
      onChange={(day) => of.choose(day ? day.format('YYYY-MM-DD') : null)}
      style={{ width: 168 }}
    />
  )
}
