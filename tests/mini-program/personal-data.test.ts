import { KNOWN } from '@zhangyi/his'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtPatient } from '../../apps/patient/build/built-patient.ts'
import type { MiniProgram } from '../../apps/patient/harness/mini-program.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { startStack, type TestStack } from '../setup/test-stack.ts'
import { comeBack, linkCard, openMiniPhone, PASS, waitForRoute, webViewUrl } from './mini-phone.ts'

// 个人信息 in the built mini program, against the real gateway and the simulators.

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

const PAGE = 'pages/personal-data/show'
const NEW_PHONE = '13911112222'

/** Home → 个人信息 → confirmed, up to the platform's page. */
async function ask(app: MiniProgram): Promise<string> {
  await app.tap('个人信息')
  await app.waitFor('查看谁的个人信息？')
  await app.tap('确认，去验证身份')
  return webViewUrl(app)
}

test('unmasked after the verification, and the phone changed where the hospital keeps it', async () => {
  const on = await openMiniPhone(stack, dist)
  const { app, phone } = on
  await linkCard(stack, on, KNOWN.liMinghua)
  await comeBack(app, await phone.walkToMiniPage(await ask(app), ...PASS))
  await waitForRoute(app, PAGE)
  await app.waitFor(KNOWN.liMinghua.idNumber)
  expect(app.has('13910000001')).toBe(true)

  await app.tap('修改手机号')
  await app.input('新手机号码', '1391111')
  await app.tap('保存')
  expect(app.has('手机号码应为 11 位数字')).toBe(true)
  await app.input('新手机号码', NEW_PHONE)
  await app.tap('保存')
  await app.waitFor('手机号已经改好')
  expect(stack.his.archivesOf(KNOWN.liMinghua)[0]?.phone).toBe(NEW_PHONE)
  expect(JSON.stringify([...app.storage]), 'nothing of it on the phone').not.toMatch(/1391|330102|李明华/)
  expect(stack.logLines.join('\n')).not.toMatch(/13911112222|330102199001012210/)
  expect(app.errors).toEqual([])
})

test('by the fallback it can be read and not changed: a verification of the person is one tap', async () => {
  const on = await openMiniPhone(stack, dist)
  const { app, phone } = on
  await linkCard(stack, on, KNOWN.zhaoDefu)
  await comeBack(app, await phone.walkToMiniPage(await ask(app), '放弃验证'))
  await app.waitFor('这次没有验证成功')
  await app.tap('用短信验证码')
  await app.tap('获取验证码')
  await app.waitFor('验证码已发到')
  const messages = await stack.action<{ text: string }[]>('sms', 'messages', {})
  await app.input('身份证号后四位', KNOWN.zhaoDefu.idNumber.slice(-4))
  await app.input('短信验证码', /验证码 (\d{6})/.exec(messages[0]?.text ?? '')?.[1] ?? '')
  await app.tap('确认查看')
  await waitForRoute(app, PAGE)
  await app.waitFor('您这次用短信验证码验证，只能查看')
  expect(app.has('修改手机号')).toBe(false)
  await app.tap('验证本人后修改')
  await app.waitFor('查看谁的个人信息？')
  expect(app.errors).toEqual([])
})
