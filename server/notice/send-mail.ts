import { createTransport } from 'nodemailer'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import {
  endUntried,
  findWaitingMail,
  noteAttempt,
  type WaitingMail,
} from '#server/notice/mail.store.ts'
import { type MailSettings, mailSettings } from '#server/notice/mail-settings.ts'
import type { Database } from '#server/platform/database.ts'

// As often as the queue itself tries again, over about four days.
const attemptsMax = 25

/**
 * Sends one mail that waits. What may pass, such as a server that does not answer, is thrown so that
 * the queue tries again; what will not, such as an address that is refused, ends the mail. Each
 * outcome is kept with the mail. A crash between sending and noting it sends the mail again, under
 * the same Message-ID.
 */
export async function sendMail(db: Database, id: string): Promise<undefined | Refusal> {
  const mail = await findWaitingMail(db, id)
  if (!mail) return undefined
  const note = (state: 'waiting' | 'sent' | 'failed', error: string | null) =>
    db.transaction((tx) => noteAttempt(tx, id, { state, error }))
  const settings = mailSettings()
  if (settings === undefined) {
    const reason = 'No mail server was set: see XINHENG_SMTP_URL.'
    await db.transaction((tx) => endUntried(tx, id, reason))
    return undefined
  }
  const isLast = mail.attempts + 1 >= attemptsMax
  if (isRefusal(settings)) {
    await note(isLast ? 'failed' : 'waiting', settings.refused.detail)
    return isLast ? undefined : settings
  }
  try {
    await deliver(settings, mail)
  } catch (error) {
    const gone = isLast || isForGood(error)
    await note(gone ? 'failed' : 'waiting', (error as Error).message)
    if (gone) return undefined
    throw error
  }
  await note('sent', null)
  return undefined
}

async function deliver(settings: MailSettings, mail: WaitingMail): Promise<void> {
  const transport = createTransport({
    url: settings.serverUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    dnsTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = settings.from.replace(/^.*@/, '').replace('>', '')
  try {
    await transport.sendMail({
      from: settings.from,
      to: { name: '', address: mail.toAddress },
      subject: oneLine(mail.subject.zh),
      text: textOf(mail, settings.siteUrl),
      messageId: `<${mail.id}@${domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  } finally {
    transport.close()
  }
}

/** Chinese first, English below. */
function textOf({ subject, body, path }: WaitingMail, siteUrl: string | undefined): string {
  const link = siteUrl !== undefined && path !== null ? [`${siteUrl}${path}`] : []
  return [body.zh, '', ...link, '--', subject.en, body.en, ''].join('\n')
}

/** A header ends where its line ends, so nothing of a name may end it. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim()
}

/**
 * The server refused the address or the mail itself for good, which is 5xx (RFC 5321, 4.2.1). A
 * password or a sender that it refuses is a setting, which somebody can mend meanwhile.
 */
function isForGood(error: unknown): boolean {
  const { command = '', responseCode = 0 } = error as { command?: string; responseCode?: number }
  return ['RCPT TO', 'DATA'].includes(command) && responseCode >= 500
}
