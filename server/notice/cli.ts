import type { Command } from 'commander'
import { latestMails } from '#server/notice/mail.store.ts'
import { latestNotices } from '#server/notice/notice.store.ts'
import type { Run } from '#server/platform/cli-run.ts'
import { listPersons } from '#server/user/public.ts'

export function addNoticeCommands(program: Command, run: Run): void {
  const notice = program.command('notice').description('what people were told')
  notice
    .command('list')
    .description('the latest hundred notices of everybody')
    .action(() =>
      run(
        async ({ db }) => {
          const persons = new Map((await listPersons(db)).map(({ id, login }) => [id, login]))
          const notices = await latestNotices(db, 100)
          return { items: notices.map((one) => ({ ...one, login: persons.get(one.personId) })) }
        },
        ({ items }, output) =>
          output.table(
            ['at', 'to', 'kind', 'subject', 'state'],
            items.map((one) => [
              one.createdAt.slice(0, 16).replace('T', ' '),
              one.login ?? '',
              one.kind,
              one.subject.zh,
              one.readAt === null ? 'unread' : 'read',
            ]),
          ),
      ),
    )
  notice
    .command('mails')
    .description('the latest hundred mails, with what kept them from being sent')
    .action(() =>
      run(
        async ({ db }) => ({ items: await latestMails(db, 100) }),
        ({ items }, output) =>
          output.table(
            ['at', 'to', 'subject', 'state', 'attempts', 'error'],
            items.map((one) => [
              one.createdAt.slice(0, 16).replace('T', ' '),
              one.toAddress,
              one.subject,
              one.state,
              String(one.attempts),
              one.lastError ?? '',
            ]),
          ),
      ),
    )
}
