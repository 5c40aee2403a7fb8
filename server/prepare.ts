import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRefusal } from '#contract/problem.ts'
import { findCompany, insertCompany } from '#server/company/public.ts'
import { loadDemo } from '#server/demo/public.ts'
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
  }
  return { firstSignIn: await firstSignIn(context) }
}

const demoSize = { seed: 'demo', customers: 300, suppliers: 40 }

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

/** The first administrator's password is kept beside the data until it has been changed. */
async function firstSignIn(context: Context): Promise<string> {
  const file = join(dataFolder(), 'first-sign-in')
  const people = await listPersons(context.db)
  if (people.length === 0) {
    const created = await createPerson(context, {
      login: 'admin',
      name: '管理员',
      roles: ['admin'],
    })
    if (isRefusal(created)) throw new Error(created.refused.detail)
    mkdirSync(dataFolder(), { recursive: true })
    writeFileSync(file, `${created.initialPassword}\n`, { mode: 0o600 })
  }
  const admin = await findPersonByLogin(context.db, 'admin')
  if (admin?.passwordIsInitial && existsSync(file)) {
    return `Sign in as admin with the password ${readFileSync(file, 'utf8').trim()}`
  }
  rmSync(file, { force: true })
  return 'Forgot a password? bin/xinheng user reset-password LOGIN'
}
