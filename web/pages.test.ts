import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { everyPage, type PageOfWorkbench, settled } from './testing-pages.ts'
import { openWorkbench, type Workbench } from './testing-workbench.ts'

let workbench: Workbench
let pages: readonly PageOfWorkbench[]
before(async () => {
  workbench = await openWorkbench(true)
  pages = await everyPage(workbench)
})
after(() => workbench.close())

for (const language of ['zh-CN', 'en'] as const) {
  test(`every page fits phones and screens in ${language} and says nothing to the console`, async () => {
    const page = await workbench.open('admin', '/check', { language })
    const found: string[] = []
    let at = ''
    page.on('console', (message) => {
      if (message.type() === 'error') found.push(`${at}: ${message.text()}`)
    })
    page.on('pageerror', (error) => found.push(`${at}: ${error.message}`))
    for (const { name, path } of pages) {
      at = name
      await page.goto(`${workbench.url}${path}`)
      await settled(page)
      for (const width of [1920, 1280, 390]) {
        await page.setViewportSize({ width, height: 900 })
        await sleep(60)
        const over = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        if (Number(over) > 0) found.push(`${name} at ${width} is ${over} pixels too wide`)
      }
    }
    assert.deepEqual(found, [])
  })
}
