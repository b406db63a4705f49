import { checkCharacter } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtPatient } from '../../apps/patient/build/built-patient.ts'
import type { MiniProgram } from '../../apps/patient/harness/mini-program.ts'
import type { Phone } from '../enrolment/phone.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { startStack, type TestStack } from '../setup/test-stack.ts'
import { comeBack, openMiniPhone, webViewUrl } from './mini-phone.ts'

// The mini program's built output, run under Node with stubs of WeChat and of the platform's plugin, against the
// real gateway and the simulators. The web-view's pages are walked over HTTP.

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

const openPhone = () => openMiniPhone(stack, dist)

/** From home to the platform's page in the web-view. */
async function begin(app: MiniProgram): Promise<string> {
  await app.open('pages/home/home')
  await app.waitFor('领取电子健康卡')
  await app.tap('领取电子健康卡')
  await app.waitFor('同意并继续')
  await app.tap('同意并继续')
  return webViewUrl(app)
}

/**
 * Our face page opened the development stand-in of WeChat's face dialogue on top of itself: decide there, and go
 * back as the person would.
 */
async function decideFace(app: MiniProgram, phone: Phone, words: string): Promise<void> {
  await expect.poll(() => app.currentPage.route, { timeout: 20_000 }).toBe('pages/web-view/web-view')
  expect(app.navigations.at(-1)?.kind).toBe('navigateTo')
  await phone.walk(String(app.elements('web-view')[0]?.src), words)
  await app.back()
}

let serial = 0
function newIdNumber(): string {
  const first17 = `33010819900101${String(300 + ++serial)}`
  return first17 + checkCharacter(first17)
}

test('home: what to do first, only what is built, and the hospital’s phone', async () => {
  const { app } = await openPhone()
  const page = await app.open('pages/home/home')
  await app.waitFor('领取电子健康卡')
  expect(app.currentPage.lines).toContain('先领一张电子健康卡')
  expect(app.currentPage.lines.join()).not.toMatch(/预约挂号|门诊缴费|报告查询/)
  await app.tap('打电话问医院')
  expect(app.calls).toContainEqual({
    name: 'makePhoneCall',
    options: expect.objectContaining({ phoneNumber: '05710000000' }),
  })
  expect(page.route).toBe('pages/home/home')
})

test('linking an existing card, with the face check on our own face page', async () => {
  const { app, phone } = await openPhone()
  await stack.action('health-card', 'seed-card', {
    person: phone.person,
    relation: '本人',
    name: '周建国',
    idNumber: newIdNumber(),
  })
  const bindCardUrl = await begin(app)
  const facePage = await phone.walkToMiniPage(bindCardUrl, '周', '人脸识别')
  expect(facePage.pathname).toBe('/pages/face/face')
  await comeBack(app, facePage)
  await decideFace(app, phone, '模拟：本人，通过')
  const platform = await webViewUrl(app)
  expect(platform).toMatch(/verify_order_id=(?!-1)/)
  const back = await phone.walkToMiniPage(platform)
  expect(back.pathname).toBe('/pages/enrolment/return')
  await comeBack(app, back)
  await app.waitFor('电子健康卡已经关联好了')
  expect([...app.storage.values()].map(String).join('|')).not.toContain(back.searchParams.get('healthCode'))
  expect(app.errors).toEqual([])
})

test('a face check that fails comes back with -1 and ends on the ways on', async () => {
  const { app, phone } = await openPhone()
  await stack.action('health-card', 'seed-card', {
    person: phone.person,
    relation: '本人',
    name: '周建国',
    idNumber: newIdNumber(),
  })
  await comeBack(app, await phone.walkToMiniPage(await begin(app), '周', '人脸识别'))
  await decideFace(app, phone, '模拟：不是本人')
  const platform = await webViewUrl(app)
  expect(platform).toContain('verify_order_id=-1')
  await comeBack(app, await phone.walkToMiniPage(platform))
  await app.waitFor('这次没有验证成功')
  await app.tap('先办就诊卡')
  await app.waitFor('办理就诊卡')
})

test('applying for a new card', async () => {
  const { app, phone } = await openPhone()
  const form = await phone.walkToMiniPage(await begin(app), '添加健康卡')
  await comeBack(app, form)
  await app.waitFor('提交，去验证身份')
  await app.input('姓名', '郑晓燕')
  await app.input('证件号码', newIdNumber())
  await app.input('手机号码', '13900004321')
  await app.input('现住址', '西湖区文三路 9 号')
  await app.pick('民族', '汉族')
  await app.pick('与我的关系', '本人')
  await app.tap('提交，去验证身份')
  const back = await phone.walkToMiniPage(await webViewUrl(app), '远程授权认证', '模拟：验证通过')
  await comeBack(app, back)
  await app.waitFor('电子健康卡已经关联好了')
  expect(app.errors).toEqual([])
})
