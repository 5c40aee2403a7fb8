import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { Workbench } from './testing-workbench.ts'

/** Submits the draft that is open, and has the administrator approve it for now. */
export async function submitAndApprove(workbench: Workbench, page: Page): Promise<void> {
  await page.getByRole('button', { name: '提交审批' }).click()
  await page.getByText('已提交，等待另一人审批').waitFor()
  const approve = page.getByRole('button', { name: '批准', exact: true })
  assert.equal(await approve.getAttribute('aria-disabled'), 'true')
  const path = new URL(page.url()).pathname
  const second = await workbench.open('admin', path)
  await second.getByRole('button', { name: '批准', exact: true }).click()
  await second.getByRole('dialog').getByRole('button', { name: '批准', exact: true }).click()
  const answer = second.locator('.page-note', { hasText: '已发布' })
  await answer.or(second.getByRole('alert')).first().waitFor()
  assert.equal(await answer.count(), 1, await second.locator('body').innerText())
  await second.context().close()
}
