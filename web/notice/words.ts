import type { Words } from '../ui/words.ts'

// `notice.` names the words of the choices on the account page.
export const noticeWords = {
  'bell.name': ['通知', 'Notices'],
  'bell.unread': ['通知,{{count}} 条未读', 'Notices, {{count}} unread'],
  'bell.readAll': ['全部标为已读', 'Mark all as read'],
  'bell.read': ['标为已读', 'Mark as read'],
  'bell.isUnread': ['未读', 'Unread'],
  'bell.none': ['没有通知', 'No notices'],
  'bell.none.text': [
    '单据被暂挂或放行、账户被冻结、备注中提到您时,会在这里通知您。',
    'You are told here when a document is held or released, an account is frozen, or a note names you.',
  ],
  'bell.choices': ['选择接收哪些通知', 'Choose what reaches me'],
} as const satisfies Words
