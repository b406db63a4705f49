import { expect, test } from 'vitest'
import { useConsole } from './open-console.ts'

const open = useConsole()
const PASSWORD = 'Right-pass-9'

test('the first sign-in: own password, authenticator, and then the page that was wanted', async () => {
  const { page, problems, url } = await open('calls?outcome=no', { world: { stage: 'out' } })
  await page.getByRole('heading', { name: '登录' }).waitFor()
  await page.getByLabel('登录名').fill('new')
  await page.getByLabel('口令', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByLabel('现在的口令').fill(PASSWORD)
  await page.getByLabel('新口令', { exact: true }).fill('short')
  await page.getByLabel('再输一遍新口令').fill('shorter')
  await page.getByRole('button', { name: '改好，继续' }).click()
  await page.getByText('两次输入的不一样').waitFor()
  await page.getByLabel('再输一遍新口令').fill('short')
  await page.getByRole('button', { name: '改好，继续' }).click()
  await page.getByText('至少 10 个字符', { exact: true }).waitFor()
  expect(await page.getByLabel('新口令', { exact: true }).getAttribute('aria-invalid')).toBe('true')
  await page.getByLabel('新口令', { exact: true }).fill('A-better-one-7')
  await page.getByLabel('再输一遍新口令').fill('A-better-one-7')
  await page.getByRole('button', { name: '改好，继续' }).click()
  await page.getByText('JBSW Y3DP EHPK').waitFor()
  await page.getByLabel('验证器里的 6 位数字').fill('123 456')
  await page.getByRole('heading', { name: '接口调用' }).waitFor()
  expect(page.url()).toBe(`${url}calls?outcome=no&hospital=main`)
  expect(problems).toEqual([])
})

test('a wrong password, a locked account and a wrong code say what to do', async () => {
  const { page } = await open('sign-in', { world: { stage: 'out' } })
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByText('请填写登录名').waitFor()
  const enter = async (loginName: string, password: string) => {
    await page.getByLabel('登录名').fill(loginName)
    await page.getByLabel('口令', { exact: true }).fill(password)
    await page.getByRole('button', { name: '登录' }).click()
  }
  await enter('chen', 'wrong')
  await page.getByText('登录名或口令不对').waitFor()
  await page.getByText('ZY-7F3K-29QX').waitFor()
  await enter('locked', PASSWORD)
  await page.getByText('锁定到 15:35').waitFor()
  await enter('chen', PASSWORD)
  await page.getByLabel('验证器里的 6 位数字').fill('000000')
  await page.getByText('验证码不对').waitFor()
  await page.getByLabel('验证器里的 6 位数字').fill('123456')
  await page.getByRole('heading', { name: '陈岚' }).waitFor()
})

test('where the hospital has a sign-in of its own, its button leads there and keeps the page that was wanted', async () => {
  const { page } = await open('calls?outcome=no', { world: { stage: 'out', provider: '市一统一登录' } })
  const way = page.getByRole('link', { name: '用市一统一登录登录' })
  expect(await way.getAttribute('href')).toBe(
    '/api/v1/console/session/oidc/start?back=%2Fcalls%3Foutcome%3Dno',
  )
})

test('a session that the server no longer knows leads to the door, and back', async () => {
  const { page, world, url } = await open('audit')
  await page.getByText('患者确认收款').first().waitFor()
  world.stage = 'out'
  await page.getByRole('button', { name: '刷新' }).click()
  await page.getByText('登录已经过期').waitFor()
  await page.getByLabel('登录名').fill('chen')
  await page.getByLabel('口令', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByLabel('验证器里的 6 位数字').fill('123456')
  await page.getByRole('heading', { name: '审计', exact: true }).waitFor()
  expect(page.url()).toBe(`${url}audit?hospital=main`)
})

test('signing out ends the session, also in the other tabs', async () => {
  const { page, world, url } = await open('')
  const other = await page.context().newPage()
  await other.goto(`${url}accounts`)
  await other.getByText('孙倩').waitFor()
  await page.getByRole('button', { name: '账号' }).click()
  await page.getByRole('menuitem', { name: '退出登录' }).click()
  await page.getByText('已经退出').waitFor()
  await other.getByRole('heading', { name: '登录' }).waitFor()
  expect(await other.getByText('孙倩').count()).toBe(0)
  expect(world.stage).toBe('out')
})

test('after a time without input the session ends, with a warning before and an explanation after', async () => {
  const { page, world } = await open('calls', { world: { idleMinutes: 2 } })
  await page.getByText('registerHealthCardPreAuth').first().waitFor()
  const inactiveFor = (ms: number) =>
    page.evaluate((past) => {
      const real = Date.now
      Date.now = () => real() + past
    }, ms)
  await inactiveFor(61_000)
  await page.getByRole('button', { name: '继续使用' }).click()
  await page.getByText('您还在吗').waitFor({ state: 'hidden' })
  expect(world.stage).toBe('ready')
  await inactiveFor(121_000)
  await page.getByText('因为一段时间没有操作').waitFor()
  expect(world.stage).toBe('out')
})

test('when the gateway cannot be reached the page says so, and tries again', async () => {
  const { page, world, url } = await open('sign-in', { world: { stage: 'out' } })
  world.faults.set('GET /session', 'lost')
  await page.goto(url)
  await page.getByText('控制台没有打开').waitFor()
  world.faults.clear()
  world.stage = 'ready'
  await page.getByRole('button', { name: '重试' }).click()
  await page.getByText('需要处理').waitFor()
})
