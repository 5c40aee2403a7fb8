import { addDays, type Day, day } from '#kernel/calendar/day.ts'
import type { WorkingCalendar } from '#kernel/calendar/working-day.ts'

type Notice = {
  /** First and last day of each rest, `MM-DD`; the first may lie in the year before. */
  readonly rests: readonly (readonly [first: string, last: string])[]
  readonly makeUpDays: readonly string[]
}

// 国务院办公厅关于部分节假日安排的通知, one for each year, in the order of the notice: 元旦, 春节,
// 清明节, 劳动节, 端午节, 中秋节, 国庆节.
const notices: Readonly<Record<number, Notice>> = {
  // 国办发明电〔2022〕16号, 2022-12-08.
  2023: {
    rests: [
      ['2022-12-31', '01-02'],
      ['01-21', '01-27'],
      ['04-05', '04-05'],
      ['04-29', '05-03'],
      ['06-22', '06-24'],
      ['09-29', '10-06'],
    ],
    makeUpDays: ['01-28', '01-29', '04-23', '05-06', '06-25', '10-07', '10-08'],
  },
  // 国办发明电〔2023〕7号, 2023-10-25.
  2024: {
    rests: [
      ['01-01', '01-01'],
      ['02-10', '02-17'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-10', '06-10'],
      ['09-15', '09-17'],
      ['10-01', '10-07'],
    ],
    makeUpDays: ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'],
  },
  // 国办发明电〔2024〕12号, 2024-11-12.
  2025: {
    rests: [
      ['01-01', '01-01'],
      ['01-28', '02-04'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['05-31', '06-02'],
      ['10-01', '10-08'],
    ],
    makeUpDays: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  // Notice of the General Office of the State Council of 2025-11-04.
  2026: {
    rests: [
      ['01-01', '01-03'],
      ['02-15', '02-23'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-19', '06-21'],
      ['09-25', '09-27'],
      ['10-01', '10-07'],
    ],
    makeUpDays: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
}

/** The years whose holidays are known; other years have their weekends only. */
export const coverage: readonly number[] = Object.keys(notices).map(Number)

/** Working days of mainland China: public holidays and the make-up workdays of `coverage`. */
export const chinaCalendar: WorkingCalendar = {
  restWeekdays: new Set([6, 7]),
  holidays: new Set(Object.entries(notices).flatMap(([year, { rests }]) => restDays(year, rests))),
  makeUpDays: new Set(
    Object.entries(notices).flatMap(([year, { makeUpDays }]) =>
      makeUpDays.map((monthDay) => day(`${year}-${monthDay}`)),
    ),
  ),
}

function restDays(year: string, rests: Notice['rests']): Day[] {
  const days: Day[] = []
  for (const [first, last] of rests) {
    const end = day(`${year}-${last}`)
    const start = first.length === 5 ? day(`${year}-${first}`) : day(first)
    for (let date = start; date <= end; date = addDays(date, 1)) days.push(date)
  }
  return days
}
