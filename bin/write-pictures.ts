import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { everyPage, settled } from '../web/testing-pages.ts'
import { openWorkbench } from '../web/testing-workbench.ts'

/**
 * What `npm run pictures` does: every page of the demonstration company in Chinese and light colours
 * into `docs/images`, and a few in English and dark ones.
 */
const folder = resolve(import.meta.dirname, '..', 'docs', 'images')
const inEnglish = ['today', 'customers', 'credit-file', 'hold', 'ageing']

mkdirSync(folder, { recursive: true })
const workbench = await openWorkbench(true)
try {
  const pages = await everyPage(workbench)
  for (const language of ['zh-CN', 'en'] as const) {
    const isEnglish = language === 'en'
    const page = await workbench.open('admin', '/check', {
      language,
      theme: isEnglish ? 'dark' : 'light',
    })
    for (const { name, path } of pages) {
      if (isEnglish && !inEnglish.includes(name)) continue
      await page.goto(`${workbench.url}${path}`)
      await settled(page)
      await page.screenshot({ path: join(folder, `${name}${isEnglish ? '-en-dark' : ''}.png`) })
    }
  }
} finally {
  await workbench.close()
}
