import { sendTask } from '#server/notice/mail.store.ts'
import { sendMail } from '#server/notice/send-mail.ts'
import type { JobKind } from '#server/platform/job.ts'

export const noticeJobs: JobKind[] = [
  {
    kind: 'notice.send-mail',
    task: sendTask,
    perform: (context, input) => sendMail(context.db, (input as { id: string }).id),
  },
]
