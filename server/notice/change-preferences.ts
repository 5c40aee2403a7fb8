import {
  type NoticeKind,
  type NoticePreferences,
  type NoticePreferencesChange,
  noticeKinds,
} from '#contract/notice.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { preferencesOf, putPreferences, usual } from '#server/notice/preference.store.ts'
import { requirePerson } from '#server/notice/require-person.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { findPerson } from '#server/user/public.ts'

/** Every kind of notice and where it reaches the person. */
export async function showPreferences(context: Context): Promise<NoticePreferences | Refusal> {
  const refused = requirePerson(context)
  if (refused) return refused
  const { db, actor } = context
  const chosen = await preferencesOf(db, actor.id)
  const kinds = Object.keys(noticeKinds) as NoticeKind[]
  return {
    email: (await findPerson(db, actor.id))?.email ?? null,
    items: kinds.map((kind) => {
      const { byEmail, inApp, inDigest } = chosen.get(kind) ?? usual
      return { kind, label: noticeKinds[kind], inApp, byEmail, inDigest }
    }),
  }
}

/** Changes where the kinds named reach the person; others stay as they are. */
export async function changePreferences(
  context: Context,
  { items }: NoticePreferencesChange,
): Promise<NoticePreferences | Refusal> {
  const refused = requirePerson(context)
  if (refused) return refused
  const twice = items.find(({ kind }, at) => items.findIndex((item) => item.kind === kind) < at)
  if (twice) return refuse('invalid-input', `items: ${twice.kind} is named twice.`)
  const changed = await runCommand(
    context,
    {
      name: 'notice-preference.change',
      permission: 'system:read',
      input: { items: items.map((item) => ({ ...item })) },
      subject: context.actor.id,
    },
    (tx) =>
      putPreferences(
        tx,
        context.actor.id,
        items.map(({ inDigest = false, ...item }) => ({ ...item, inDigest, id: newId() })),
      ),
  )
  return isRefusal(changed) ? changed : showPreferences(context)
}
