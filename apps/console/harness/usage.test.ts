import { expect, test } from 'vitest'
import { useConsole } from './open-console.ts'

// What an operator does about 用卡数据 in a day.

const open = useConsole()
const OPERATOR = { world: { role: 'operator' } } as const

test('what needs a person is first; an alarm is seen to, and the numbers of the platform are copied in', async () => {
  const { page, world, problems } = await open('usage', OPERATOR)
  await page.getByText('7 小时 40 分').waitFor()
  await page.getByRole('button', { name: /^已处理：2026-11-27 22:30/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: '已处理' }).click()
  await page.getByText('2026-11-27 22:30：缺口').waitFor({ state: 'detached' })
  expect(world.bodies.at(-1)).toEqual({ hospital: 'main', day: '2026-11-27', time: '22:30' })

  const save = page.getByRole('button', { name: '保存平台数量' })
  expect(await save.isDisabled()).toBe(true)
  await page.getByLabel('门诊缴费的平台数量').fill('九十')
  await page.getByText('平台数量只写数字').waitFor()
  await page.getByLabel('门诊缴费的平台数量').fill('97')
  world.faults.set('PUT /usage/platform-counts', 'lost')
  await save.click()
  await page.getByText('不知道是否已经生效').waitFor()
  world.faults.clear()
  await save.click()
  await page.getByText('1 个平台数量已保存').waitFor()
  expect(world.bodies.at(-1)).toEqual({
    ...{ hospital: 'main', counts: [{ day: '2026-11-28', scene: '0101051', count: 97 }] },
  })
  expect(problems).toEqual([])
})

test('what stopped is sent again or confirmed, after it was said what that means', async () => {
  const { page, world } = await open('usage', OPERATOR)
  await page.getByRole('listitem').filter({ hasText: '待判断' }).getByRole('link', { name: '去处理' }).click()
  const group = {
    hospital: 'main',
    day: '2026-11-28',
    scene: '0101051',
    reason: 'outcome-unknown',
    code: 'timeout',
  }
  const row = page.getByRole('row').filter({ hasText: '结果不明' })
  await row.getByRole('button', { name: '重新上报' }).click()
  await page.getByRole('dialog').getByText('可能被算两次').first().waitFor()
  await page.getByRole('button', { name: '知道可能被算两次，重新上报' }).click()
  await page.getByText('2 个事件重新上报').waitFor()
  expect(world.bodies.at(-1)).toEqual({ ...group, mayCountTwice: true })
  await row.getByRole('button', { name: '平台已有，确认计入' }).click()
  await page.getByRole('button', { name: '确认平台已计入' }).click()
  await page.getByText('2 个事件记为平台已计入').waitFor()
  expect(world.bodies.at(-1)).toEqual(group)
  await row.getByRole('link', { name: '2' }).click()
  await page.getByRole('heading', { name: '用卡事件' }).waitFor()
  expect(new URL(page.url()).searchParams.get('state')).toBe('parked')
})

test('a department gets its code; a table with a wrong line says which, a table of GBK is read', async () => {
  const { page, world } = await open('usage/departments', OPERATOR)
  const row = page.getByRole('row').filter({ hasText: '心血管内科' })
  await row.getByLabel('心血管内科的平台科室代码').fill('03 00')
  expect(await row.getByRole('button', { name: '保存并上报' }).isDisabled()).toBe(true)
  await row.getByLabel('心血管内科的平台科室代码').fill('0300')
  await row.getByRole('button', { name: '保存并上报' }).click()
  await page.getByRole('dialog').getByText('等它的 12 个马上上报').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: '保存并上报' }).click()
  await page.getByText('12 个等它的事件开始上报').waitFor()
  expect(world.bodies.at(-1)).toEqual({ hospital: 'main', departmentId: '0301', code: '0300' })

  await page.getByRole('button', { name: '导入整张表' }).click()
  // 科室,代码 and one line, in GBK.
  const buffer = Buffer.from([0xbf, 0xc6, 0xca, 0xd2, 0x2c, 0xb4, 0xfa, 0xc2, 0xeb, 0x0a, 0x31, 0x2c, 0x32])
  await page.getByLabel(/^或者选择 CSV/).setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('dialog').getByRole('button', { name: '导入' }).click()
  await page.getByText('第 1 行：第二列是平台的科室代码').waitFor()
  expect(world.bodies.at(-1)).toEqual({ hospital: 'main', csv: '科室,代码\n1,2' })
})

test('the report of some days is a file', async () => {
  const { page } = await open('usage', OPERATOR)
  await page.getByRole('button', { name: '下载报表' }).click()
  const link = page.getByRole('dialog').getByRole('link', { name: '下载' })
  expect(await link.getAttribute('href')).toMatch(
    /^\/api\/v1\/console\/usage\/report\?hospital=main&from=20\d\d-\d\d-\d\d&to=20\d\d-\d\d-\d\d$/,
  )
})

test('who only looks on sees the numbers and no button', async () => {
  const { page } = await open('usage/parked', { world: { role: 'hospital' } })
  await page.getByText('由运营处理').first().waitFor()
  expect(await page.getByRole('button', { name: '重新上报' }).count()).toBe(0)
})
