import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { addDays, type Day, dayOf, daysInMonth, weekdayOf } from '#kernel/calendar/day.ts'
import { chinaCalendar, coverage } from '#kernel/calendar/holidays-cn.ts'
import { isWorkingDay } from '#kernel/calendar/working-day.ts'
import { Card, Page } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { CompanyTabs } from './company-tabs.tsx'

/** Which days are worked: weekends, public holidays, and the days worked to make up for them. */
export function CalendarPage(): ReactNode {
  const { say } = useWords()
  const thisYear = new Date().getFullYear()
  const years = [...new Set([...coverage, thisYear])].sort()
  const [year, setYear] = useState(thisYear)
  const months = Array.from({ length: 12 }, (_none, index) => index + 1)
  const worked = months.flatMap((month) => daysOf(year, month)).filter(isWorked).length
  return (
    <Page title={say('shell.company')} name={say('company.calendar')} note={<CompanyTabs />}>
      <Card
        title={say('company.calendar.title')}
        extra={
          <Select
            aria-label={say('company.calendar.year')}
            value={year}
            options={years.map((value) => ({ value, label: String(value) }))}
            onChange={setYear}
          />
        }
      >
        <p className="quiet card-note">
          {coverage.includes(year)
            ? say('company.calendar.known', { count: worked })
            : say('company.calendar.unknown', { count: worked })}
        </p>
        <p className="choices card-note">
          <span className="mark mark-good">{say('company.calendar.holiday')}</span>
          <span className="mark mark-warn">{say('company.calendar.make-up')}</span>
        </p>
        <div className="year-months">
          {months.map((month) => (
            <Month key={month} year={year} month={month} />
          ))}
        </div>
      </Card>
    </Page>
  )
}

function Month({ month, year }: { month: number; year: number }): ReactNode {
  const { language, say } = useWords()
  const days = daysOf(year, month)
  const [first] = days
  const name = new Intl.DateTimeFormat(language, { month: 'long' }).format(
    new Date(year, month - 1),
  )
  return (
    <section>
      <h3>{name}</h3>
      <div className="month-days">
        {days.map((date) => {
          const kind = kindOf(date)
          return (
            <span
              key={date}
              className={`month-day day-${kind}`}
              title={
                kind === 'work' || kind === 'rest'
                  ? date
                  : `${date} ${say(`company.calendar.${kind}`)}`
              }
              style={date === first ? { gridColumnStart: weekdayOf(date) } : {}}
            >
              {Number(date.slice(8))}
            </span>
          )
        })}
      </div>
    </section>
  )
}

function daysOf(year: number, month: number): readonly Day[] {
  const first = dayOf(year, month, 1)
  if (first === null) return []
  return Array.from({ length: daysInMonth(year, month) }, (_none, index) => addDays(first, index))
}

function isWorked(date: Day): boolean {
  return isWorkingDay(chinaCalendar, date)
}

function kindOf(date: Day): 'make-up' | 'holiday' | 'rest' | 'work' {
  if (chinaCalendar.makeUpDays.has(date)) return 'make-up'
  if (chinaCalendar.holidays.has(date)) return 'holiday'
  return isWorked(date) ? 'work' : 'rest'
}
