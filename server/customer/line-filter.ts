import { type RawBuilder, sql } from 'kysely'
import type { CustomerFilter } from '#contract/customer.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { addDays, type Day } from '#kernel/calendar/day.ts'
import { linesSeenBy } from '#server/customer/seen-by.ts'
import { idsOfGroup, idsOfText } from '#server/party/public.ts'
import { list } from '#server/platform/database.ts'
import type { Context } from '#server/platform/run-command.ts'

type Asked = Omit<CustomerFilter, 'sort' | 'order' | 'limit' | 'after' | 'totals'>

export type LineFilter = Omit<Asked, 'grade' | 'status'> & {
  readonly grades: readonly string[]
  readonly statuses: readonly string[]
  readonly today: Day
  readonly seen: RawBuilder<unknown>
  /** The parties that the text names; undefined where none is asked for. */
  readonly named: RawBuilder<unknown> | undefined
}

const statuses = ['open', 'watch', 'blocked', 'frozen']

/** What of the list somebody asks for, within what they may see. */
export async function readFilter(context: Context, asked: Asked): Promise<LineFilter | Refusal> {
  const { actor, db } = context
  const { grade, status, ...rest } = asked
  const wanted = namesIn(status)
  const unknown = wanted.find((one) => !statuses.includes(one))
  if (unknown !== undefined) {
    const detail = `status: "${unknown}" is none of ${statuses.join(', ')}.`
    const zh = `信用状态：没有“${unknown}”这种状态。`
    return refuse('invalid-input', detail, { field: 'status', zh })
  }
  return {
    ...rest,
    grades: namesIn(grade),
    statuses: wanted,
    today: context.today,
    seen: linesSeenBy(actor),
    named: asked.text === undefined ? undefined : await idsOfText(db, actor, asked.text),
  }
}

export function namesIn(text: string | undefined): string[] {
  const names = (text ?? '').split(/[,,]/).map((name) => name.trim())
  return names.filter((name) => name !== '')
}

export function conditionsOf(filter: LineFilter): RawBuilder<unknown> {
  const where = [filter.seen, ...ofParty(filter), ...ofCredit(filter), ...ofPayment(filter)]
  return sql.join(where, sql` and `)
}

function ofParty(filter: LineFilter): RawBuilder<unknown>[] {
  const where: RawBuilder<unknown>[] = []
  const role = filter.role ?? 'customer'
  if (role !== 'any') where.push(sql`${sql.lit(role)} = any(l.roles)`)
  for (const field of ['industry', 'region', 'department', 'salesperson', 'currency'] as const) {
    if (filter[field] !== undefined) where.push(sql`l.${sql.ref(field)} = ${filter[field]}`)
  }
  if (filter.state === 'open') where.push(sql`l.closed_on is null`)
  if (filter.state === 'closed') where.push(sql`l.closed_on is not null`)
  if (filter.named !== undefined) where.push(sql`l.party_id in (${filter.named})`)
  if (filter.group !== undefined) where.push(sql`l.party_id in (${idsOfGroup(filter.group)})`)
  return where
}

function ofCredit({ grades, statuses, ...filter }: LineFilter): RawBuilder<unknown>[] {
  const where: RawBuilder<unknown>[] = []
  if (grades.length > 0) {
    const rated = sql`l.grade = any(${list(grades)}::text[])`
    where.push(grades.includes('none') ? sql`(${rated} or l.grade is null)` : rated)
  }
  if (statuses.length > 0) where.push(sql`l.status = any(${list(statuses)}::text[])`)
  if (filter.utilisationOver !== undefined) {
    // Of a limit of nothing no share can be told, yet everything is over it.
    where.push(sql`(l.utilisation_bps > ${filter.utilisationOver * 100}::bigint
      or (l.limit_minor = 0 and l.exposure_minor > 0 and l.utilisation_bps is null))`)
  }
  if (filter.limitIs === 'none') where.push(sql`l.limit_minor is null`)
  if (filter.limitIs === 'in-force') {
    where.push(sql`l.limit_minor is not null
      and (l.limit_to_on is null or l.limit_to_on >= ${filter.today}::date)`)
  }
  if (filter.limitIs === 'expired') where.push(sql`l.limit_to_on < ${filter.today}::date`)
  if (filter.held !== undefined) {
    where.push(filter.held ? sql`l.open_holds > 0` : sql`l.open_holds = 0`)
  }
  return where
}

function ofPayment({ daysOverdueOver, overdue, today }: LineFilter): RawBuilder<unknown>[] {
  const where: RawBuilder<unknown>[] = []
  if (overdue !== undefined) {
    where.push(overdue ? sql`l.overdue_since_on is not null` : sql`l.overdue_since_on is null`)
  }
  if (daysOverdueOver !== undefined) {
    where.push(sql`l.overdue_since_on < ${addDays(today, -daysOverdueOver)}::date`)
  }
  return where
}
