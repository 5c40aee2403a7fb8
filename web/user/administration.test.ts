import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { codeOf } from '#server/user/testing-second-factor.ts'
import { loginOf, openWorkbench, type Workbench } from '../testing-workbench.ts'

let workbench: Workbench
before(async () => {
  workbench = await openWorkbench()
})
after(() => workbench.close())

const password = 'a password of the tests'

async function signIn(login: string, secret: string, code?: string): Promise<Page> {
  const page = await workbench.open(null, '/account')
  await page.getByLabel('用户名').fill(login)
  await page.getByLabel('密码').fill(secret)
  await page.keyboard.press('Enter')
  if (code) {
    await page.getByLabel('验证码').fill(code)
    await page.keyboard.press('Enter')
  }
  await page.getByRole('heading', { name: '我的账户' }).waitFor()
  return page
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click()
  await page.locator('.ant-select-dropdown:visible').getByText(option).click()
}

test('whom an administrator adds signs in with the password that was shown once', async () => {
  const page = await workbench.open('admin', '/users')
  await page.getByRole('button', { name: '新增人员' }).click()
  const dialog = page.getByRole('dialog', { name: '新增人员' })
  await dialog.getByLabel('用户名').fill('zhao')
  await dialog.getByLabel('姓名').fill('赵六')
  await dialog.getByLabel('角色').click()
  await page.locator('.ant-select-dropdown:visible').getByText('会计').click()
  await dialog.getByLabel('邮箱').fill('zhao at home')
  await dialog.getByRole('button', { name: '新增人员' }).click()
  await dialog.getByText('这不是一个邮箱地址').waitFor()
  await dialog.getByLabel('邮箱').fill('zhao@example.com')
  await dialog.getByRole('button', { name: '新增人员' }).click()
  const told = page.getByRole('dialog', { name: 'zhao 可以登录了' })
  const shown = await told.locator('code').innerText()
  await told.getByRole('button', { name: '已记下' }).click()
  await page.getByText('赵六').waitFor()

  const own = await signIn('zhao', shown)
  await own.getByText('您还在使用初始密码').waitFor()
  await own.getByLabel('当前密码').fill(shown)
  await own.getByLabel('新密码', { exact: true }).fill('a password of my own')
  await own.getByLabel('再次输入新密码').fill('another password')
  await own.getByRole('button', { name: '修改密码' }).click()
  await own.getByText('两次输入不一致').waitFor()
  await own.getByLabel('再次输入新密码').fill('a password of my own')
  await own.getByRole('button', { name: '修改密码' }).click()
  await own.getByText('您还在使用初始密码').waitFor({ state: 'detached' })
  await signIn('zhao', 'a password of my own')
})

test('who sees the customers of a department needs one of the departments', async () => {
  const page = await workbench.open('admin', '/users/departments')
  await page.getByRole('button', { name: '新增部门' }).click()
  await page.getByRole('dialog').getByLabel('部门名称').fill('外贸部')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await page.getByRole('row', { name: '外贸部' }).waitFor()
  await page.goto(`${workbench.url}/users`)
  await page.getByText('会计丁').click()
  const drawer = page.getByRole('dialog', { name: '会计丁' })
  await choose(page, '数据范围', '本部门及下级')
  await drawer.getByRole('button', { name: '保存' }).click()
  await drawer.getByText('按部门看客户,须选一个已有的部门').waitFor()
  await drawer.getByLabel('部门').fill('外贸部')
  await page.locator('.ant-select-item-option').getByText('外贸部').click()
  await drawer.getByRole('button', { name: '保存' }).click()
  await page.getByText('已保存').waitFor()
  await page.reload()
  await page.getByText('本部门及下级').first().waitFor()
})

test('a second factor is set up by its first code and asked at the next sign-in', async () => {
  const page = await signIn(loginOf('credit-manager'), password)
  await page.getByRole('button', { name: '设置两步验证' }).click()
  const dialog = page.getByRole('dialog', { name: '设置两步验证' })
  await dialog.getByLabel('当前密码').fill(password)
  await dialog.getByRole('button', { name: '下一步' }).click()
  await dialog.getByRole('img', { name: '验证器二维码' }).waitFor()
  const secret = (await dialog.locator('code').innerText()).replaceAll(' ', '')
  await dialog.getByLabel('验证码').fill(codeOf(secret))
  await dialog.getByRole('button', { name: '确定' }).click()
  const codes = page.getByRole('dialog', { name: '恢复码' })
  await codes.getByRole('listitem').first().waitFor()
  assert.equal(await codes.getByRole('listitem').count(), 10)
  await codes.getByRole('button', { name: '已妥善保存' }).click()
  await page.getByText('已启用', { exact: true }).waitFor()

  const again = await signIn(loginOf('credit-manager'), password, codeOf(secret, 1))
  await again.getByRole('row', { name: '当前' }).getByText('密码 + 验证码').waitFor()
})

test('a key may do the one thing it was made for, until it is revoked', async () => {
  const page = await workbench.open('admin', '/users/keys')
  await page.getByRole('button', { name: '新建密钥' }).click()
  const dialog = page.getByRole('dialog', { name: '新建密钥' })
  await dialog.getByLabel('名称').fill('网店')
  await choose(page, '权限', 'party:read')
  // More than one may be chosen, so the choice stays open.
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: '新建密钥' }).click()
  const made = page.getByRole('dialog', { name: '密钥已建立' })
  const token = await made.locator('code').innerText()
  await made.getByRole('button', { name: '已记下' }).click()
  const statusOf = async (path: string) => {
    const headers = { authorization: `Bearer ${token}` }
    return (await fetch(`${workbench.url}${path}`, { headers })).status
  }
  assert.deepEqual([await statusOf('/api/parties'), await statusOf('/api/persons')], [200, 403])
  await page.getByRole('button', { name: '撤销' }).click()
  const sure = page.getByRole('dialog', { name: '撤销 · 网店' })
  await sure.getByRole('button', { name: '撤销' }).click()
  await page.getByText('已撤销', { exact: true }).waitFor()
  assert.equal(await statusOf('/api/parties'), 401)
})

test('the trail is verified, and an entry shows what it changed without its secrets', async () => {
  const page = await workbench.open('admin', '/audit')
  await page.getByRole('button', { name: '验证轨迹' }).click()
  await page.getByText('一切与当时的记录一致').waitFor()
  await page.keyboard.press('Escape')
  await page.getByLabel('命令').fill('password.change')
  await page.getByText('密码 · 修改').first().click()
  await page.getByRole('rowheader', { name: 'password_hash' }).waitFor()
  assert.equal(await page.getByText('scrypt').count(), 0)
  assert.equal(await page.getByText('••••••').count(), 2)
})

test('language and theme follow the choice at once and stay', async () => {
  const page = await workbench.open('sales', '/account')
  await choose(page, '语言', 'English')
  await page.getByRole('heading', { name: 'My account' }).waitFor()
  await choose(page, 'Appearance', 'Dark')
  await page.reload()
  await page.getByRole('heading', { name: 'My account' }).waitFor()
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
})
