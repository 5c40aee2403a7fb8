import type { Label } from '#kernel/document/label.ts'
import { insertMails, sendTask } from '#server/notice/mail.store.ts'
import { insertNotices } from '#server/notice/notice.store.ts'
import { newId } from '#server/platform/ids.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'

/** Mails a person the digest of their day; it is no notice that they find in the program. */
export async function mailDigest(
  tx: CommandTransaction,
  to: { readonly personId: string; readonly address: string },
  words: { readonly subject: Label; readonly body: Label; readonly path: string },
): Promise<void> {
  const noticeId = newId()
  const what = { kind: 'digest', partyId: null, ...words } as const
  await insertNotices(tx, what, [{ id: noticeId, personId: to.personId, inApp: false }])
  const mail = { id: newId(), noticeId, toAddress: to.address }
  await insertMails(tx, [mail])
  await tx.enqueue(sendTask, { id: mail.id }, { queue: 'mail' })
}
