import Type, { type Static } from 'typebox'
import { Id, NextPage, nullable, PageQuery, Sentence } from '#contract/common.ts'

/** What people can be told of; each chooses by kind where it reaches them. */
export const noticeKinds = {
  'hold.opened': { zh: '单据被暂挂', en: 'A document is held' },
  'hold.asked': { zh: '暂挂单据有提问', en: 'A question about a held document' },
  'hold.answered': {
    zh: '暂挂单据的提问已答复',
    en: 'A question about a held document is answered',
  },
  'hold.released': { zh: '暂挂单据已放行', en: 'A held document is released' },
  'hold.recalled': { zh: '暂挂单据的放行已收回', en: 'The release of a document is taken back' },
  'hold.rejected': { zh: '暂挂单据被驳回', en: 'A held document is rejected' },
  'account.frozen': { zh: '信用账户被冻结', en: 'A credit account is frozen' },
  'account.unfrozen': { zh: '信用账户已解冻', en: 'A credit account is unfrozen' },
  'note.mentioned': { zh: '备注中提到我', en: 'I am named in a note' },
  'policy.submitted': { zh: '政策改动待审批', en: 'A change of a policy waits for approval' },
  'policy.approved': { zh: '政策改动已批准', en: 'A change of a policy is approved' },
  'policy.rejected': { zh: '政策改动被退回', en: 'A change of a policy is rejected' },
  'policy.published': { zh: '政策已发布', en: 'A policy is published' },
  'policy.measured': {
    zh: '政策发布满一个月，效果可看',
    en: 'What a policy did in its first month',
  },
  'scorecard.drifts': { zh: '评分卡需要检查', en: 'The scorecard wants looking at' },
  'delivery.due': { zh: '订单即将到交货日', en: 'A delivery is due soon' },
  'delivery.overdue': { zh: '订单逾期未交货', en: 'A delivery is overdue' },
} as const satisfies Record<string, { zh: string; en: string }>

export type NoticeKind = keyof typeof noticeKinds

const closed = { additionalProperties: false }
const Kind = Type.Unsafe<NoticeKind>({ type: 'string', enum: Object.keys(noticeKinds) })
const Time = Type.String({ format: 'date-time' })

const Notice = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  partyId: nullable(Type.String()),
  subject: Sentence,
  body: Sentence,
  path: nullable(Type.String({ description: 'Where to find what it is about' })),
  createdAt: Time,
  readAt: nullable(Time),
})
export type Notice = Static<typeof Notice>

export const NoticeQuery = Type.Object(
  {
    unread: Type.Optional(Type.Boolean({ description: 'Only what was not read yet' })),
    party: Type.Optional(Id),
    ...PageQuery,
  },
  closed,
)
export type NoticeQuery = Static<typeof NoticeQuery>

export const NoticePage = Type.Object({
  items: Type.Array(Notice),
  unread: Type.Integer({ description: 'How many were not read yet, on whatever page' }),
  next: NextPage,
})
export type NoticePage = Static<typeof NoticePage>

const Preference = {
  kind: Kind,
  inApp: Type.Boolean(),
  byEmail: Type.Boolean({ description: 'By a mail of its own, at once' }),
}
const inDigest = Type.Boolean({
  description: 'By the one mail of the day, as long as it is unread',
})

export const NoticePreferences = Type.Object({
  email: nullable(Type.String({ description: 'Where mail goes; an administrator sets it' })),
  items: Type.Array(Type.Object({ ...Preference, inDigest, label: Sentence })),
})
export type NoticePreferences = Static<typeof NoticePreferences>

export const NoticePreferencesChange = Type.Object(
  {
    items: Type.Array(Type.Object({ ...Preference, inDigest: Type.Optional(inDigest) }, closed), {
      minItems: 1,
      maxItems: 50,
    }),
  },
  closed,
)
export type NoticePreferencesChange = Static<typeof NoticePreferencesChange>

const Mail = Type.Object({
  id: Type.String(),
  noticeId: Type.String(),
  kind: Type.String(),
  toAddress: Type.String(),
  subject: Type.String(),
  state: Type.Unsafe<'waiting' | 'sent' | 'failed'>({
    type: 'string',
    enum: ['waiting', 'sent', 'failed'],
  }),
  attempts: Type.Integer(),
  lastError: nullable(Type.String()),
  createdAt: Time,
  sentAt: nullable(Time),
})
export type Mail = Static<typeof Mail>

export const MailList = Type.Object({ items: Type.Array(Mail) })
export type MailList = Static<typeof MailList>
