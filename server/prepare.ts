import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRefusal } from '#contract/problem.ts'
import { findCompany, insertCompany } from '#server/company/public.ts'
import { type DemoSignIn, loadDemo } from '#server/demo/public.ts'
import { countCustomers } from '#server/party/public.ts'
import type { Database } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import { dataFolder } from '#server/platform/installation.ts'
import { installJobQueue } from '#server/platform/job.ts'
import { migrate } from '#server/platform/migrate.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { todayIn } from '#server/platform/today.ts'
import { installPack } from '#server/policy/public.ts'
import { openLedger } from '#server/scoring/public.ts'
import { createPerson, findPersonByLogin, listPersons } from '#server/user/public.ts'

const actor = { kind: 'system', id: 'system', name: 'setup', roles: ['admin'] } as const

/** Brings an empty or older database up to date: schema, queue, company, policies, exposure. */
export async function prepareDatabase(db: Database): Promise<Context> {
  await migrate(db.pool)
  await installJobQueue(db.pool)
  const context: Context = { db, actor, today: todayIn('Asia/Shanghai') }
  await createCompany(context)
  await installStandardPolicies(context)
  await openLedger(context)
  return context
}

/** Prepares the database, loads the demonstration company where asked, makes the first sign-in. */
export async function prepare(
  db: Database,
  options: { demo: boolean; tell: (text: string) => void },
): Promise<{ firstSignIn: string }> {
  const context = await prepareDatabase(db)
  if (options.demo && (await isEmpty(context))) {
    options.tell('Loading the demonstration company (once) ...')
    const demo = await loadDemo(context, demoSize)
    if (isRefusal(demo)) throw new Error(`Demonstration company: ${demo.refused.detail}`)
    keepSignIns(demoFile(), demo.signIns)
  }
  await createAdministrator(context)
  return { firstSignIn: await firstSignIn(context) }
}

const demoSize = { seed: 'demo', customers: 300, suppliers: 40, openOrders: true }

/** Nobody has signed in and no party is there: a database that was just made. */
async function isEmpty({ db }: Context): Promise<boolean> {
  const people = await listPersons(db)
  return people.length === 0 && (await countCustomers(db)) === 0
}

async function createCompany(context: Context): Promise<void> {
  if (await findCompany(context.db)) return
  await runCommand(
    context,
    { name: 'company.create', permission: 'company:write', input: {} },
    async (tx) => {
      await insertCompany(tx, {
        id: newId(),
        name: '我的公司',
        baseCurrency: 'CNY',
        timeZone: 'Asia/Shanghai',
      })
    },
  )
}

async function installStandardPolicies(context: Context): Promise<void> {
  const installed = await installPack(context, 'standard', { onlyMissing: true })
  if (isRefusal(installed)) throw new Error(`Pack standard: ${installed.refused.detail}`)
}

const adminFile = () => join(dataFolder(), 'first-sign-in')
const demoFile = () => join(dataFolder(), 'demo-sign-ins')

async function createAdministrator(context: Context): Promise<void> {
  if ((await listPersons(context.db)).some(({ roles }) => roles.includes('admin'))) return
  const created = await createPerson(context, { login: 'admin', name: '管理员', roles: ['admin'] })
  if (isRefusal(created)) throw new Error(created.refused.detail)
  mkdirSync(dataFolder(), { recursive: true })
  writeFileSync(adminFile(), `${created.initialPassword}\n`, { mode: 0o600 })
}

function keepSignIns(file: string, signIns: readonly DemoSignIn[]): void {
  mkdirSync(dataFolder(), { recursive: true })
  const lines = signIns.map(({ login, password }) => `${login} ${password}\n`)
  writeFileSync(file, lines.join(''), { mode: 0o600 })
}

/** First passwords are kept beside the data until the administrator has changed theirs. */
async function firstSignIn(context: Context): Promise<string> {
  const admin = await findPersonByLogin(context.db, 'admin')
  if (admin?.passwordIsInitial && existsSync(adminFile())) {
    const password = readFileSync(adminFile(), 'utf8').trim()
    return [signInWith('admin', password), ...(await demoSignIns(context))].join('\n')
  }
  rmSync(adminFile(), { force: true })
  rmSync(demoFile(), { force: true })
  return 'Forgot a password? bin/xinheng user reset-password LOGIN'
}

async function demoSignIns({ db }: Context): Promise<string[]> {
  if (!existsSync(demoFile())) return []
  const said: string[] = []
  for (const line of readFileSync(demoFile(), 'utf8').trim().split('\n')) {
    const [login = '', password = ''] = line.split(' ')
    const person = await findPersonByLogin(db, login)
    if (person?.passwordIsInitial) said.push(signInWith(login, password))
  }
  return said
}

function signInWith(login: string, password: string): string {
  return `Sign in as ${login} with the password ${password}`
}
