import { type Command, Option } from 'commander'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { permissions, type Role, roles } from '#contract/role.ts'
import {
  type DataScope,
  dataScopes,
  type NewApiKey,
  type Person,
  type PersonChange,
} from '#contract/user.ts'
import type { Run } from '#server/platform/cli-run.ts'
import type { Context } from '#server/platform/run-command.ts'
import { listApiKeys } from '#server/user/api-key.store.ts'
import { resetPassword } from '#server/user/change-password.ts'
import { changePerson } from '#server/user/change-person.ts'
import { createApiKey } from '#server/user/create-api-key.ts'
import { createPerson } from '#server/user/create-person.ts'
import { addDepartmentCommands } from '#server/user/department-cli.ts'
import { findPersonByLogin, listPersons } from '#server/user/person.store.ts'
import { revokeApiKey } from '#server/user/revoke-api-key.ts'
import { addSignInCommands } from '#server/user/sign-in-cli.ts'

export function addUserCommands(program: Command, run: Run): void {
  addSignInCommands(program, addPersonCommands(program, run), run)
  addKeyCommands(program, run)
  addDepartmentCommands(program, run)
}

function addPersonCommands(program: Command, run: Run): Command {
  const user = program.command('user').description('people who may sign in')
  addScopeCommand(user, run)
  user
    .command('list')
    .description('everybody, with roles')
    .action(() =>
      run(
        async ({ db }) => ({ items: await listPersons(db) }),
        ({ items }, output) =>
          output.table(
            ['login', 'name', 'roles', 'department', 'sees', 'email', 'state'],
            items.map((person) => [
              person.login,
              person.name,
              person.roles.join(', '),
              person.department ?? '',
              person.scope,
              person.email ?? '',
              person.disabledAt === null ? 'active' : 'disabled',
            ]),
          ),
      ),
    )
  user
    .command('create')
    .description(`let a person sign in; roles: ${roles.join(', ')}`)
    .argument('<login>')
    .argument('<name>')
    .argument('<roles...>')
    .option('--department <name>', 'name, or path such as 销售中心/华东部')
    .addOption(scopeOption())
    .option('--email <address>', 'where notices are mailed to')
    .action((login: string, name: string, given: string[], options: PersonOptions) =>
      run(
        async (context) => {
          const known = readRoles(given)
          return known
            ? createPerson(context, { login, name, roles: known, ...options })
            : noSuchRole
        },
        (made, output) =>
          output.say(`${made.login} may sign in with the password ${made.initialPassword}`),
      ),
    )
  user
    .command('email')
    .description('set where notices are mailed to; without an address: nowhere')
    .argument('<login>')
    .argument('[address]')
    .action((login: string, address?: string) =>
      run(
        (context) => setEmail(context, login, address ?? null),
        (person, output) =>
          output.say(person.email ? `${login}: ${person.email}` : `${login} gets no mail.`),
      ),
    )
  user
    .command('reset-password')
    .description('make a new first password')
    .argument('<login>')
    .action((login: string) =>
      run(
        (context) => resetPassword(context, login),
        (made, output) => output.say(`${made.login}: ${made.initialPassword}`),
      ),
    )
  return user
}

function addScopeCommand(user: Command, run: Run): void {
  user
    .command('scope')
    .description('set whose customers somebody sees, and their department')
    .argument('<login>')
    .argument('<scope>', dataScopes.join(', '))
    .option('--department <name>', 'name, or path such as 销售中心/华东部')
    .action((login: string, scope: string, options: { department?: string }) =>
      run(
        (context) => setScope(context, login, scope, options.department),
        (person, output) =>
          output.say(`${login} (${person.department ?? 'no department'}) sees: ${person.scope}`),
      ),
    )
}

function addKeyCommands(program: Command, run: Run): void {
  const key = program.command('key').description('API keys of programs')
  key
    .command('list')
    .description('all keys, without their secrets')
    .action(() =>
      run(
        async ({ db }) => ({ items: await listApiKeys(db) }),
        ({ items }, output) =>
          output.table(
            ['id', 'name', 'begins', 'may', 'last used', 'state'],
            items.map((k) => [
              k.id,
              k.name,
              k.tokenStart,
              (k.permissions ?? k.roles).join(', '),
              k.lastUsedAt ?? 'never',
              k.revokedAt === null ? 'in force' : 'revoked',
            ]),
          ),
      ),
    )
  key
    .command('create')
    .description('make a key; its token is shown this once')
    .argument('<name>')
    .argument('[roles...]')
    .option('--permissions <names...>', 'exactly these instead of roles, such as check:run')
    .option('--expires <day>', 'the day on which it ends')
    .action((name: string, given: string[], options: KeyOptions) =>
      run(
        async (context) => {
          const scope = readScope(given, options.permissions)
          const { expires: expiresOn } = options
          return isRefusal(scope)
            ? scope
            : createApiKey(context, { name, ...scope, ...(expiresOn ? { expiresOn } : {}) })
        },
        (made, output) => output.say(made.token),
      ),
    )
  key
    .command('revoke')
    .description('end a key at once')
    .argument('<id>')
    .action((id: string) =>
      run(
        (context) => revokeApiKey(context, id),
        (_, output) => output.say('Revoked.'),
      ),
    )
}

type KeyOptions = { permissions?: string[]; expires?: string }

function readScope(
  given: readonly string[],
  named: readonly string[] | undefined,
): Pick<NewApiKey, 'roles' | 'permissions'> | Refusal {
  const known = readRoles(given)
  if (!known) return noSuchRole
  const exactly = permissions.filter((permission) => named?.includes(permission))
  if (named && exactly.length !== named.length) {
    return refuse('invalid-input', `permissions: use some of ${permissions.join(', ')}.`)
  }
  return {
    ...(known.length > 0 ? { roles: known } : {}),
    ...(named ? { permissions: exactly } : {}),
  }
}

type PersonOptions = { department?: string; email?: string; scope?: DataScope }

function scopeOption(): Option {
  const option = new Option('--scope <scope>', 'whose customers are seen: own for who only sells')
  return option.choices([...dataScopes])
}

async function setScope(
  context: Context,
  login: string,
  scope: string,
  given: string | undefined,
): Promise<Person | Refusal> {
  const known = dataScopes.find((each) => each === scope)
  if (!known) return refuse('invalid-input', `scope: one of ${dataScopes.join(', ')}.`)
  return changeOne(context, login, { scope: known, ...(given ? { department: given } : {}) })
}

function setEmail(
  context: Context,
  login: string,
  email: string | null,
): Promise<Person | Refusal> {
  return changeOne(context, login, { email })
}

async function changeOne(
  context: Context,
  login: string,
  change: Partial<PersonChange>,
): Promise<Person | Refusal> {
  const person = await findPersonByLogin(context.db, login)
  if (!person) return refuse('not-found', `There is no person with the login "${login}".`)
  const { id, name, roles: has, department, disabledAt } = person
  const disabled = disabledAt !== null
  return changePerson(context, id, { name, roles: has, department, disabled, ...change })
}

const noSuchRole = refuse('invalid-input', `roles: use some of ${roles.join(', ')}.`)

function readRoles(given: readonly string[]): Role[] | undefined {
  const known = roles.filter((role) => given.includes(role))
  return known.length === given.length ? known : undefined
}
