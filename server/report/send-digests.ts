import { isRefusal } from '#contract/problem.ts'
import type { Today, TodaySection } from '#contract/report.ts'
import type { Label } from '#kernel/document/label.ts'
import {
  type DigestNotice,
  digestReaders,
  mailDigest,
  noticesForDigest,
} from '#server/notice/public.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { showToday } from '#server/report/show-today.ts'
import { findPerson, scopeOfPerson } from '#server/user/public.ts'

const noticesMax = 50

/**
 * One mail a day to everybody who wants kinds of notices so: what is unread of them since the last,
 * and what waits today. Nothing is sent where there is neither, and nothing twice on a day.
 */
export async function sendDigests(context: Context): Promise<{ sent: number }> {
  let sent = 0
  for (const { kinds, personId } of await digestReaders(context.db)) {
    const person = await findPerson(context.db, personId)
    if (!person?.email || person.disabledAt !== null) continue
    const { name, roles } = person
    const scope = await scopeOfPerson(context.db, personId)
    const actor = {
      kind: 'person',
      id: personId,
      name,
      roles,
      ...(scope ? { scope } : {}),
    } as const
    const today = await showToday({ ...context, actor })
    if (isRefusal(today)) continue
    const notices = await noticesForDigest(context.db, { personId, kinds, limit: noticesMax })
    const counts = countsOf(today)
    if (notices.length === 0 && counts.length === 0) continue
    const address = person.email
    const command = { name: 'notice.digest', permission: 'system:read', input: {} } as const
    const once = { ...context, idempotencyKey: `digest ${context.today} ${personId}` }
    const done = await runCommand(once, { ...command, subject: personId }, async (tx) => {
      await mailDigest(tx, { personId, address }, wordsOf(context.today, counts, notices))
      return {}
    })
    if (!isRefusal(done)) sent += 1
  }
  return { sent }
}

const sections: Readonly<Record<TodaySection, Label>> = {
  holds: { zh: '暂挂单据', en: 'Documents held' },
  newlyOverdue: { zh: '7天内新增逾期', en: 'Overdue since a week' },
  nearLimits: { zh: '额度将用尽', en: 'Limits nearly used' },
  brokenPromises: { zh: '未兑现的付款承诺', en: 'Promises broken' },
  ratingChanges: { zh: '7天内等级变动', en: 'Ratings changed within a week' },
  reviews: { zh: '30天内到期复审', en: 'Reviews due within 30 days' },
}

type Count = { readonly label: Label; readonly text: string }

function countsOf(today: Today): Count[] {
  return today.order.flatMap((id) => {
    const section = today[id]
    if (!section || section.count === 0) return []
    return [{ label: sections[id], text: `${section.count}${section.more ? '+' : ''}` }]
  })
}

function wordsOf(
  day: string,
  counts: readonly Count[],
  notices: readonly DigestNotice[],
): { subject: Label; body: Label; path: string } {
  const unread = Number(notices[0]?.count ?? 0n)
  const bodyIn = (language: keyof Label, today: string, told: string) =>
    [
      ...(counts.length === 0 ? [] : [today]),
      ...counts.map(({ label, text }) => `- ${label[language]}: ${text}`),
      ...(unread === 0 ? [] : [`${counts.length === 0 ? '' : '\n'}${told} (${unread})`]),
      ...notices.map(({ subject }) => `- ${subject[language]}`),
    ].join('\n')
  return {
    subject: {
      zh: `信衡日报 ${day}: ${unread} 条未读`,
      en: `Xinheng on ${day}: ${unread} unread`,
    },
    body: {
      zh: bodyIn('zh', '今日', '未读通知'),
      en: bodyIn('en', 'Today', 'Unread notices'),
    },
    path: '/',
  }
}
