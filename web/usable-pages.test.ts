import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { everyPage, type PageOfWorkbench, settled } from './testing-pages.ts'
import { openWorkbench, type Workbench } from './testing-workbench.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let workbench: Workbench
let pages: readonly PageOfWorkbench[]
before(async () => {
  workbench = await openWorkbench(true)
  pages = await everyPage(workbench)
})
after(() => workbench.close())

for (const theme of ['light', 'dark'] as const) {
  test(`nothing keeps anybody from using any page, in ${theme} colours`, async () => {
    const page = await workbench.open('admin', '/check', { theme })
    const found: string[] = []
    for (const { name, path } of pages) {
      await page.goto(`${workbench.url}${path}`)
      await settled(page)
      await page.evaluate(axe)
      const violations = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')
      for (const { help, id, impact, nodes } of (violations as Checked).violations) {
        if (impact !== 'serious' && impact !== 'critical') continue
        found.push(`${name}: ${id}: ${help}: ${nodes[0]?.html.slice(0, 200)}`)
      }
    }
    assert.deepEqual(found, [])
  })
}

test('a dialog moves only for those whose system lets things move', async () => {
  const page = await workbench.open('admin', '/users')
  const movements = async () => {
    await page.goto(`${workbench.url}/users`)
    await page.getByRole('button', { name: '新增人员' }).click()
    await page.getByRole('dialog').waitFor()
    // The zoom of the dialog, not a field that takes its colour when it is focused.
    return page.evaluate(
      () =>
        document
          .getAnimations()
          .filter(
            (each) =>
              each instanceof CSSAnimation &&
              (each.effect as KeyframeEffect).target?.closest('.ant-modal-root, .ant-modal-wrap'),
          ).length,
    )
  }
  assert.equal(await movements(), 0)
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  assert.notEqual(await movements(), 0)
})

type Checked = {
  readonly violations: readonly {
    readonly id: string
    readonly impact: string
    readonly help: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}
