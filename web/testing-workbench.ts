import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { isRefusal } from '#contract/problem.ts'
import type { Role } from '#contract/role.ts'
import { loadDemo } from '#server/demo/public.ts'
import { todayIn } from '#server/platform/today.ts'
import { type Server, serve } from '#server/serve.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'
import { createPerson } from '#server/user/public.ts'
import { makeWebPages, serveWebPages } from '#server/web.ts'
import { launchChromium } from './testing-chromium.ts'

export type Looks = {
  readonly language?: 'zh-CN' | 'en'
  readonly theme?: 'light' | 'dark'
  readonly width?: number
  readonly height?: number
}

export type Workbench = {
  readonly url: string
  readonly database: TestDatabase
  readonly browser: Browser
  /** A page of a browser of its own, signed in as somebody with that role; nobody where none is told. */
  open(role: Role | null, path: string, looks?: Looks): Promise<Page>
  /** Stops listening, or listens again at the same address. */
  stop(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

const password = 'a password of the tests'
const names: Partial<Record<Role, string>> = {
  admin: '管理员甲',
  'credit-manager': '信用经理乙',
  sales: '业务员丙',
  accountant: '会计丁',
}

/** Apart from the people of the demonstration, who see less. */
export const loginOf = (role: Role) => `test-${role}`

/** The demonstration company behind a real server, before a real browser. */
export async function openWorkbench(openOrders = false): Promise<Workbench> {
  const database = await openTestDatabase()
  const context = { ...database.context('admin'), today: todayIn('Asia/Shanghai') }
  const loaded = await loadDemo(context, { seed: 'demo', customers: 96, suppliers: 12, openOrders })
  assert.ok(!isRefusal(loaded), JSON.stringify(loaded))
  for (const [role, name] of Object.entries(names)) {
    const person = { login: loginOf(role as Role), name, roles: [role as Role], password }
    const made = await createPerson(context, { ...person, scope: 'all' })
    assert.ok(!isRefusal(made), JSON.stringify(made))
  }
  await makeWebPages()
  let server = await listen(database, 0)
  const { port } = server.http.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const browser = await launchChromium()
  const contexts: BrowserContext[] = []
  return {
    url,
    database,
    browser,
    open: async (role, path, looks = {}) => {
      const context = await newContext(browser, url, looks)
      contexts.push(context)
      const page = await context.newPage()
      page.setDefaultTimeout(45_000)
      if (role) {
        const signedIn = await context.request.post(`${url}/api/session`, {
          data: { login: loginOf(role), password },
          headers: { origin: url },
        })
        assert.equal(signedIn.status(), 200, await signedIn.text())
      }
      await page.goto(`${url}${path}`)
      return page
    },
    stop: () => server.close(),
    start: async () => {
      server = await listen(database, port)
    },
    close: async () => {
      for (const context of contexts) await context.close()
      await browser.close()
      await server.close()
      await database.close()
    },
  }
}

async function listen(database: TestDatabase, port: number): Promise<Server> {
  const server = await serve(database.db, pino({ enabled: false }))
  await serveWebPages(server.http)
  await server.http.listen({ host: '127.0.0.1', port })
  return server
}

async function newContext(browser: Browser, url: string, looks: Looks): Promise<BrowserContext> {
  const { language = 'zh-CN', theme = 'light', width = 1440, height = 900 } = looks
  const context = await browser.newContext({
    baseURL: url,
    locale: language,
    timezoneId: 'Asia/Shanghai',
    colorScheme: theme,
    viewport: { width, height },
    reducedMotion: 'reduce',
  })
  await context.addInitScript(
    ([chosenLanguage, chosenTheme]) => {
      if (localStorage.getItem('xinheng.language') === null) {
        localStorage.setItem('xinheng.language', chosenLanguage)
        localStorage.setItem('xinheng.theme', chosenTheme)
      }
    },
    [language, theme] as const,
  )
  return context
}
