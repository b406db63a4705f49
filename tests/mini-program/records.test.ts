import { KNOWN } from '@zhangyi/his'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtPatient } from '../../apps/patient/build/built-patient.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { startStack, type TestStack } from '../setup/test-stack.ts'
import {
  askForReports,
  type CardHolder,
  comeBack,
  linkCard,
  openMiniPhone,
  PASS,
  waitForRoute,
} from './mini-phone.ts'

// 报告查询 in the built mini program, against the real gateway and the simulators.

let database: TestDatabase
let stack: TestStack
let dist: string

beforeAll(async () => {
  dist = (await builtPatient('mp-weixin')).dist
  database = await createTestDatabase()
  stack = await startStack(database)
}, 240_000)
afterAll(async () => {
  await stack?.stop()
  await database?.drop()
})

async function openPhone(person: CardHolder = KNOWN.liMinghua) {
  const opened = await openMiniPhone(stack, dist)
  await linkCard(stack, opened, person)
  return opened
}

async function openReports() {
  const { app, phone } = await openPhone()
  await comeBack(app, await phone.walkToMiniPage(await askForReports(app), ...PASS))
  await waitForRoute(app, 'pages/records/list')
  return { app, phone }
}

test('from home to a report: the default patient confirmed, verified, list, interpretation, chart and PDF', async () => {
  const { app, phone } = await openPhone()
  await app.tap('报告查询')
  await app.tap('检验报告')
  await app.waitFor('查看谁的检验报告？')
  expect(app.has('李*华'), 'the default patient is shown before anything is asked').toBe(true)
  const back = await phone.walkToMiniPage(await askForReports(app), ...PASS)
  expect(back.pathname).toBe('/pages/verify/return')
  expect(back.searchParams.get('registerOrderId')).toBeTruthy()
  await comeBack(app, back)
  await waitForRoute(app, 'pages/records/list')
  expect(app.has('有异常')).toBe(true)

  await app.tap('血脂四项')
  await waitForRoute(app, 'pages-card/record/detail')
  expect(app.elements('health-card-query')).toEqual([
    expect.objectContaining({
      scene: expect.stringMatching(/^\d+$/),
      openId: expect.stringContaining(phone.person),
      hospitalId: expect.stringMatching(/^\d+$/),
      healthCardId: expect.stringMatching(/^[0-9a-f]{64}:/),
      pos: 'top',
      channel: '0402',
    }),
  ])
  await app.waitFor('看历次数值')
  expect(String(app.elements('image')[0]?.['src'])).toMatch(/^data:image\/svg\+xml,%3Csvg/)

  await app.tap('下载 PDF')
  const download = app.calls.find(({ name }) => name === 'downloadFile')?.options as { header: object }
  expect(download.header).toEqual({ authorization: expect.stringMatching(/^Bearer .{20,}$/) })
  const shown = app.calls.find(({ name }) => name === 'openDocument')?.options as { filePath: string }
  expect(shown).toMatchObject({ fileType: 'pdf' })
  expect(Buffer.from(app.files.get(shown.filePath) ?? []).toString('latin1')).toMatch(/^%PDF-/)
  expect(app.errors).toEqual([])
})

test('while the grant lives the same kind opens at once; another kind asks again', async () => {
  const { app } = await openReports()
  await app.open('pages/home/home')
  await app.waitFor('报告查询')
  await app.tap('报告查询')
  await app.tap('检验报告')
  await waitForRoute(app, 'pages/records/list')
  expect(await askForReports(app, '检查报告')).toContain('/open/verify')
  expect(app.errors).toEqual([])
})

test('a report’s address opened by somebody else shows no report', async () => {
  const mine = await openReports()
  await mine.app.tap('血脂四项')
  await waitForRoute(mine.app, 'pages-card/record/detail')
  const { query } = mine.app.currentPage
  const decoded = Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, decodeURIComponent(value)]),
  )
  const other = await openPhone(KNOWN.zhaoDefu)
  await other.app.open('pages-card/record/detail', decoded)
  expect(other.app.currentPage.lines.join()).not.toMatch(/甘油三酯|李\*华/)
  expect(other.app.has('没有找到这位就诊人')).toBe(true)
  const recorded = await database.asOwner(`SELECT id FROM audit_entry WHERE action = 'patients.not-yours'`)
  expect(recorded).toHaveLength(1)
  expect(other.app.errors).toEqual([])
})

test('what stays on the phone: the platform’s numbers for half an hour, and nothing of the person or the report', async () => {
  const { app, phone } = await openPhone()
  const back = await phone.walkToMiniPage(await askForReports(app), ...PASS)
  await comeBack(app, back)
  await waitForRoute(app, 'pages/records/list')
  const registerOrderId = String(back.searchParams.get('registerOrderId'))
  const holding = [...app.storage].filter(([, value]) => String(value).includes(registerOrderId))
  expect(holding.map(([name]) => name)).toEqual([expect.stringMatching(/\.register-order$/)])
  const { expiresAtMs } = JSON.parse(String(holding[0]?.[1])) as { expiresAtMs: number }
  expect(expiresAtMs).toBeLessThanOrEqual(Date.now() + 30 * 60_000)
  expect(JSON.stringify([...app.storage])).not.toMatch(/李明华|330102199001012210|血脂/)
})
