import Type from 'typebox'
import { IdParams, WriteQuery } from '#contract/common.ts'
import {
  MailList,
  NoticePage,
  NoticePreferences,
  NoticePreferencesChange,
  NoticeQuery,
} from '#contract/notice.ts'
import { changePreferences, showPreferences } from '#server/notice/change-preferences.ts'
import { listNotices } from '#server/notice/list-notices.ts'
import { latestMails } from '#server/notice/mail.store.ts'
import { readNotices } from '#server/notice/read-notices.ts'
import { type Route, route } from '#server/platform/route.ts'

const tag = 'notice'
const Read = Type.Object({ read: Type.Integer({ description: 'How many were marked as read' }) })

export const noticeRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/api/notices',
    reach: 'filtered',
    tag,
    summary: 'What I was told, the latest first',
    access: 'signed-in',
    commands: [],
    query: NoticeQuery,
    reply: NoticePage,
    handle: ({ context, query }) => listNotices(context, query),
  }),
  route({
    method: 'POST',
    path: '/api/notices/:id/read',
    reach: 'nothing',
    tag,
    summary: 'Mark one of my notices as read',
    access: 'signed-in',
    commands: ['notice.read'],
    params: IdParams,
    reply: Read,
    handle: ({ context, params }) => readNotices(context, { id: params.id }),
  }),
  route({
    method: 'POST',
    path: '/api/notices/read-all',
    reach: 'nothing',
    tag,
    summary: 'Mark all my notices as read',
    access: 'signed-in',
    commands: ['notice.read'],
    reply: Read,
    handle: ({ context }) => readNotices(context, 'all'),
  }),
  route({
    method: 'GET',
    path: '/api/me/notice-preferences',
    reach: 'nothing',
    tag,
    summary: 'Which notices reach me, in the program and by mail',
    access: 'signed-in',
    commands: [],
    reply: NoticePreferences,
    handle: ({ context }) => showPreferences(context),
  }),
  route({
    method: 'PUT',
    path: '/api/me/notice-preferences',
    reach: 'nothing',
    tag,
    summary: 'Choose where the kinds of notice named reach me',
    access: 'signed-in',
    commands: ['notice-preference.change'],
    query: WriteQuery,
    body: NoticePreferencesChange,
    reply: NoticePreferences,
    handle: ({ context, body }) => changePreferences(context, body),
  }),
  route({
    method: 'GET',
    path: '/api/notice-mails',
    reach: 'company',
    tag,
    summary: 'The latest mails, with what kept them from being sent',
    access: 'user:admin',
    commands: [],
    reply: MailList,
    handle: async ({ context }) => ({ items: await latestMails(context.db, 100) }),
  }),
]
