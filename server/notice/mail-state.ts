import { isRefusal } from '#contract/problem.ts'
import { unsentMail } from '#server/notice/mail.store.ts'
import { mailSettings, serverNameOf } from '#server/notice/mail-settings.ts'
import type { Reader } from '#server/platform/database.ts'

/** Whether notices leave the house by mail, for those who look after the installation. */
export async function stateOfMail(db: Reader): Promise<{ ok: boolean; detail: string }> {
  const settings = mailSettings()
  if (isRefusal(settings)) return { ok: false, detail: settings.refused.detail }
  if (settings === undefined) {
    return { ok: true, detail: 'none: notices are told in the program only' }
  }
  const unsent = await unsentMail(db)
  if (unsent && unsent.count > 0n) {
    return { ok: false, detail: `${unsent.count} not sent: ${unsent.lastError}` }
  }
  return { ok: true, detail: `by ${serverNameOf(settings)} from ${settings.from}` }
}
