import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { day } from '#kernel/calendar/day.ts'
import { simulateCompany } from '#kernel/simulator/company.ts'
import { hirePeople } from '#server/demo/hire-people.ts'
import { insertSimulatedParties } from '#server/demo/insert-parties.ts'
import { runCommand } from '#server/platform/run-command.ts'
import { openTestServer, type TestServer } from '#server/testing-http.ts'

let server: TestServer
before(async () => {
  server = await openTestServer(() => day('2026-11-23'))
})
after(() => server.close())

test('each of the demonstration company signs in and sees what they are to see', async () => {
  const context = server.database.context()
  const span = { from: day('2026-10-01'), to: day('2026-11-23') }
  const company = simulateCompany({ seed: 'people', customers: 300, suppliers: 2, ...span })
  const demo = { name: 'demo.load', permission: 'company:write', input: {} } as const
  await runCommand(context, demo, async (tx) => {
    await insertSimulatedParties(tx, company)
  })
  const signIns = await hirePeople(context, company)
  assert.ok(!('refused' in signIns))
  const seen: string[] = []
  for (const body of signIns) {
    const signedIn = await server.send({ method: 'POST', url: '/api/session', body })
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
    const get = async (url: string) =>
      (await server.send({ method: 'GET', url, headers: { cookie } })).json
    const { person, scope } = (await get('/api/me')) as { person: { name: string }; scope: string }
    const { items } = (await get('/api/parties?limit=500')) as {
      items: { salesperson: string | null; department: string | null }[]
    }
    const isOwn = items.every(({ salesperson }) => salesperson === person.name)
    const departments = new Set(items.map(({ department }) => department)).size
    seen.push(`${body.login} ${scope} ${items.length > 0} ${isOwn} ${departments === 1}`)
  }
  assert.deepEqual(seen, [
    'credit all true false false',
    'sales own true true true',
    'lead department true false true',
    'accountant all true false false',
  ])
})
