import type { NoticeKind } from '#contract/notice.ts'
import type { Role } from '#contract/role.ts'
import type { Label } from '#kernel/document/label.ts'
import { insertMails, sendTask } from '#server/notice/mail.store.ts'
import { insertNotices } from '#server/notice/notice.store.ts'
import { preferencesFor, usual } from '#server/notice/preference.store.ts'
import { seesParty } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'
import { findPersonsToTell, scopeOf } from '#server/user/public.ts'

/**
 * Tells people in the program and, where they have an address and want it, by e-mail: everybody who
 * has one of the roles, and everybody of one of the names or logins, each once, if they see the party. It is part of the
 * transaction that gives the reason: what is rolled back was never told.
 */
export async function notify(
  tx: CommandTransaction,
  notice: {
    readonly kind: NoticeKind
    readonly roles: readonly Role[]
    readonly names: readonly string[]
    readonly partyId: string | null
    readonly subject: Label
    readonly body: Label
    /** URL or page of what it is about, from the root: `/api/...`. */
    readonly path: string | null
  },
): Promise<void> {
  const { roles, names, ...what } = notice
  const found = await findPersonsToTell(tx, { roles, names })
  const persons = await whoSee(tx, found, notice.partyId)
  if (persons.length === 0) return
  const ids = persons.map(({ id }) => id)
  const preferences = await preferencesFor(tx, ids, notice.kind)
  const told = persons.map((person) => {
    const { byEmail, inApp, inDigest } = preferences.get(person.id) ?? usual
    const mailTo = byEmail ? person.email : null
    return { id: newId(), personId: person.id, inApp, mailTo, later: inDigest }
  })
  await insertNotices(
    tx,
    what,
    told.filter(({ inApp, later, mailTo }) => inApp || later || mailTo !== null),
  )
  const personIds = told.flatMap(({ inApp, personId }) => (inApp ? [personId] : []))
  if (personIds.length > 0) tx.announce({ kind: 'notice.told', personIds })
  const mails = told.flatMap(({ id, mailTo }) =>
    mailTo === null ? [] : [{ id: newId(), noticeId: id, toAddress: mailTo }],
  )
  await insertMails(tx, mails)
  for (const { id } of mails) await tx.enqueue(sendTask, { id }, { queue: 'mail' })
}

type PersonToTell = Awaited<ReturnType<typeof findPersonsToTell>>[number]

async function whoSee(
  db: Reader,
  persons: readonly PersonToTell[],
  partyId: string | null,
): Promise<PersonToTell[]> {
  const seeing: PersonToTell[] = []
  for (const person of persons) {
    const scope = scopeOf(person)
    const isSeen = partyId === null || !scope || (await seesParty(db, { scope }, partyId))
    if (isSeen) seeing.push(person)
  }
  return seeing
}
