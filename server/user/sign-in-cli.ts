import { type Command, InvalidArgumentError } from 'commander'
import { type Refusal, refuse } from '#contract/problem.ts'
import type { SignInSettings } from '#contract/sign-in.ts'
import type { Output, Run } from '#server/platform/cli-run.ts'
import type { Context } from '#server/platform/run-command.ts'
import { changeSignInSettings } from '#server/user/change-sign-in-settings.ts'
import { endSessionsOfPerson } from '#server/user/end-session.ts'
import { findPersonByLogin } from '#server/user/person.store.ts'
import { listSessions } from '#server/user/session.store.ts'
import { resetSecondFactor } from '#server/user/set-up-second-factor.ts'
import { findSignInSettings } from '#server/user/sign-in-settings.store.ts'

export function addSignInCommands(program: Command, user: Command, run: Run): void {
  addCommandsOfPerson(user, run)
  const signIn = program.command('sign-in').description('how people have to sign in')
  signIn
    .command('show')
    .description('second factor and length of sessions')
    .action(() => run(({ db }) => findSignInSettings(db), sayHow))
  signIn
    .command('set')
    .description('change what is named, leave the rest')
    .option('--second-factor <demanded>', 'yes or no: of who releases, sets limits, publishes', yes)
    .option('--idle-minutes <number>', 'after which a session ends by itself', wholeNumber)
    .option('--hours <number>', 'after which a session ends whatever happens', wholeNumber)
    .action((options: SetOptions) => run((context) => changeSome(context, options), sayHow))
}

function addCommandsOfPerson(user: Command, run: Run): void {
  user
    .command('reset-second-factor')
    .description('for who lost phone and recovery codes: they sign in without and set up anew')
    .argument('<login>')
    .action((login: string) =>
      run(
        (context) => ofLogin(context, login, (id) => resetSecondFactor(context, id)),
        (_, output) => output.say(`${login} signs in without a second factor now.`),
      ),
    )
  user
    .command('sessions')
    .description('where somebody is signed in')
    .argument('<login>')
    .action((login: string) =>
      run(
        (context) =>
          ofLogin(context, login, async (id) => ({
            items: await listSessions(context.db, id, null),
          })),
        ({ items }, output) =>
          output.table(
            ['opened', 'last seen', 'address', 'second factor', 'browser'],
            items.map((session) => [
              session.createdAt,
              session.lastSeenAt,
              session.address ?? '',
              session.secondFactor ?? '',
              session.agent ?? '',
            ]),
          ),
      ),
    )
  user
    .command('sign-out')
    .description('end all sessions of somebody')
    .argument('<login>')
    .action((login: string) =>
      run(
        (context) =>
          ofLogin(context, login, (personId) => endSessionsOfPerson(context, { personId })),
        ({ ended }, output) => output.say(`${ended} sessions ended.`),
      ),
    )
}

async function ofLogin<Result>(
  { db }: Context,
  login: string,
  work: (id: string) => Promise<Result | Refusal>,
): Promise<Result | Refusal> {
  const person = await findPersonByLogin(db, login)
  if (!person) return refuse('not-found', `There is no person with the login "${login}".`)
  return work(person.id)
}

type SetOptions = { secondFactor?: boolean; idleMinutes?: number; hours?: number }

async function changeSome(
  context: Context,
  { secondFactor, idleMinutes, hours }: SetOptions,
): Promise<SignInSettings | Refusal> {
  const before = await findSignInSettings(context.db)
  return changeSignInSettings(context, {
    secondFactorDemanded: secondFactor ?? before.secondFactorDemanded,
    sessionIdleMinutes: idleMinutes ?? before.sessionIdleMinutes,
    sessionHours: hours ?? before.sessionHours,
  })
}

function sayHow(settings: SignInSettings, output: Output): void {
  output.say(
    settings.secondFactorDemanded
      ? 'Who releases, sets limits, publishes or administers needs a second factor.'
      : 'A second factor is asked of those who set one up.',
  )
  const { sessionIdleMinutes, sessionHours } = settings
  output.say(`A session ends after ${sessionIdleMinutes} idle minutes, or ${sessionHours} hours.`)
}

function yes(text: string): boolean {
  if (text !== 'yes' && text !== 'no') throw new InvalidArgumentError('write yes or no.')
  return text === 'yes'
}

function wholeNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('write a whole number.')
  return Number(text)
}
