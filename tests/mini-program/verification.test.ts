import { checkCharacter } from '@zhangyi/core'
import { KNOWN } from '@zhangyi/his'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { builtPatient } from '../../apps/patient/build/built-patient.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { startStack, type TestStack } from '../setup/test-stack.ts'
import { type FaceDialogue, facing } from './facing.ts'
import {
  askForReports,
  type CardHolder,
  comeBack,
  linkCard,
  type MiniPhoneOptions,
  openMiniPhone,
  PASS,
  waitForRoute,
  webViewUrl,
} from './mini-phone.ts'

// What may become of a verification in the built mini program, against the real gateway and the simulators.

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
beforeEach(() => stack.clearFaults())

let serial = 0
/** Nobody's attempts are counted twice: each test has a person of its own. */
function newPerson(): CardHolder {
  const first17 = `33010819880101${String(500 + ++serial)}`
  return { name: '周建国', idNumber: first17 + checkCharacter(first17) }
}

async function openPhone(person: CardHolder = newPerson(), options?: MiniPhoneOptions) {
  const opened = await openMiniPhone(stack, dist, options)
  await linkCard(stack, opened, person)
  return opened
}

async function messageTo(number: string): Promise<string> {
  const messages = await stack.action<{ text: string }[]>('sms', 'messages', { phone: number })
  return /验证码 (\d{6})/.exec(messages[0]?.text ?? '')?.[1] ?? 'none'
}

test('given up: the reason and the ways on, a code to the phone in the archive, and the list for a shorter time', async () => {
  const { app, phone } = await openPhone(KNOWN.liMinghua)
  await comeBack(app, await phone.walkToMiniPage(await askForReports(app), '放弃验证'))
  await app.waitFor('这次没有验证成功')
  for (const way of [
    '再试一次',
    '用短信验证码',
    '到自助机查询打印',
    '到窗口办理',
    '请家人代为验证',
    '打电话问医院',
  ])
    expect(app.has(way), way).toBe(true)
  await app.tap('到自助机查询打印')
  expect(app.has('插身份证，选“报告打印”')).toBe(true)

  await app.tap('用短信验证码')
  await app.waitFor('查看李*华的信息')
  await app.tap('确认查看')
  expect(app.has('请填写身份证号的最后四位'), app.currentPage.lines.join('|')).toBe(true)
  await app.tap('获取验证码')
  await app.waitFor('验证码已发到 139****0001')
  await app.input('身份证号后四位', '2210')
  await app.input('短信验证码', '000000')
  await app.tap('确认查看')
  expect(app.currentPage.route).toBe('pages/verify/code')
  await app.input('短信验证码', await messageTo('13910000001'))
  await app.tap('确认查看')
  await waitForRoute(app, 'pages/records/list')
  expect(app.has('血脂四项')).toBe(true)
  expect(app.has('短信')).toBe(true)
  expect(JSON.stringify([...app.storage])).not.toContain('2210')
  expect(app.errors).toEqual([])
})

test('tried again from the ways on: straight to a new page of the platform, and passed', async () => {
  const { app, phone } = await openPhone()
  const first = await askForReports(app)
  await comeBack(app, await phone.walkToMiniPage(first, '放弃验证'))
  await app.waitFor('这次没有验证成功')
  await app.tap('摘下口罩，面向亮处，重新验证')
  const second = await webViewUrl(app)
  expect(second).not.toBe(first)
  await comeBack(app, await phone.walkToMiniPage(second, ...PASS))
  await waitForRoute(app, 'pages/records/list')
  expect(app.errors).toEqual([])
})

test('a made-up return address proves nothing', async () => {
  const { app, phone } = await openPhone()
  const back = await phone.walkToMiniPage(await askForReports(app), '放弃验证')
  back.searchParams.delete('failed')
  back.searchParams.set('registerOrderId', 'made-up')
  await comeBack(app, back)
  await app.waitFor('这次没有验证成功')
  expect(app.currentPage.route).toBe('pages/verify/ways-on')
})

test('no page from the platform opens nothing: told that it is not the person’s fault', async () => {
  const { app } = await openPhone()
  await stack.orderFault('health-card', { kind: 'empty-verify-url', times: 1 })
  await app.tap('报告查询')
  await app.tap('检验报告')
  await app.waitFor('确认，去验证身份')
  await app.tap('确认，去验证身份')
  await app.waitFor('平台没有给出验证页面', 20_000)
  expect(app.has('不是您的操作问题')).toBe(true)
  expect(app.errors).toEqual([])
})

test('the result cannot be asked for: looked up again later, without a second verification', async () => {
  const { app, phone } = await openPhone()
  const back = await phone.walkToMiniPage(await askForReports(app), ...PASS)
  await stack.orderFault('health-card', {
    ...{ kind: 'http-500', operation: 'checkUniformVerifyResult' },
    times: 2,
  })
  await comeBack(app, back)
  await app.waitFor('验证结果还没有查到', 20_000)
  await stack.orderFault('health-card', {
    ...{ kind: 'http-500', operation: 'checkUniformVerifyResult' },
    times: 10,
  })
  await app.tap('不用重新做人脸验证')
  await app.waitFor('还是没有查到结果', 20_000)
  await stack.clearFaults()
  await app.tap('不用重新做人脸验证')
  await waitForRoute(app, 'pages/records/list')
  expect(app.errors).toEqual([])
})

test('without a resident ID card nobody is sent to the platform: the visit card and a code by SMS', async () => {
  const { app } = await openPhone(KNOWN.johnSmith)
  await app.tap('报告查询')
  await app.tap('检验报告')
  await app.waitFor('确认，去验证身份')
  await app.tap('确认，去验证身份')
  await app.waitFor('您的证件不需要人脸验证', 20_000)
  expect(app.navigations.every(({ url }) => !url.includes('open%2Fverify'))).toBe(true)
  await app.tap('就诊卡号，加医院登记手机上的验证码')
  await app.tap('获取验证码')
  const [archive] = stack.his.archivesOf(KNOWN.johnSmith)
  await app.waitFor('验证码已发到')
  await app.input('就诊卡号', String(archive?.visitCardNumber))
  await app.input('短信验证码', await messageTo(String(archive?.phone)))
  await app.tap('确认查看')
  await waitForRoute(app, 'pages/records/list')
  expect(app.errors).toEqual([])
})

const PASSED = 10000
const NOT_THE_PERSON = 10004

/** Up to our face page, to which the platform branches inside a mini program. */
async function toFacePage(dialogue: FaceDialogue) {
  const opened = await openPhone(newPerson(), facing(stack, dialogue))
  const page = await opened.phone.walkToMiniPage(await askForReports(opened.app), '人脸识别')
  expect(page.pathname).toBe('/pages/face/face')
  expect([...page.searchParams.keys()].sort()).toEqual(['orderId', 'redirectUrl', 'verifyType'])
  const before = opened.app.navigations.length
  await comeBack(opened.app, page)
  return { ...opened, wentOn: () => opened.app.navigations.slice(before).map(({ url }) => url) }
}

test('our own face check: WeChat’s dialogue, a fresh code of WeChat, and back at the platform with its order number', async () => {
  const { app, phone, wentOn } = await toFacePage({ verifyRet: PASSED })
  const platform = await webViewUrl(app)
  expect(platform).toMatch(/verify_order_id=(?!-1).+/)
  expect(
    wentOn().some((url) => url.startsWith('/pages-card/card-plugin/')),
    'a fresh code',
  ).toBe(true)
  expect(app.calls.filter(({ name }) => name === 'requestFacialVerify')).toHaveLength(1)
  await comeBack(app, await phone.walkToMiniPage(platform))
  await waitForRoute(app, 'pages/records/list')
  expect(app.errors).toEqual([])
})

test('the phone says it passed, WeChat’s server says it is somebody else: back with -1, and the ways on', async () => {
  const { app, phone } = await toFacePage({ verifyRet: NOT_THE_PERSON })
  const platform = await webViewUrl(app)
  expect(platform).toContain('verify_order_id=-1')
  await comeBack(app, await phone.walkToMiniPage(platform))
  await app.waitFor('这次没有验证成功')
  expect(app.errors).toEqual([])
})

test('the dialogue was closed: tried again on the spot, or back with -1', async () => {
  const { app } = await toFacePage('cancelled')
  await app.waitFor('人脸核验没有做完')
  await app.tap('再核验一次')
  await app.waitFor('人脸核验没有做完')
  expect(app.calls.filter(({ name }) => name === 'requestFacialVerify')).toHaveLength(2)
  await app.tap('换一种方式验证')
  expect(await webViewUrl(app)).toContain('verify_order_id=-1')
  expect(app.errors).toEqual([])
})

test.each(['absent', 'old', 'refused'] as const)(
  'a WeChat that cannot (%s): told to update, and another way is one tap',
  async (dialogue) => {
    const { app } = await toFacePage(dialogue)
    await app.waitFor('这部手机不支持人脸核验')
    expect(app.has('请把微信更新到最新版本')).toBe(true)
    await app.tap('换一种方式验证')
    expect(await webViewUrl(app)).toContain('verify_order_id=-1')
    expect(app.errors).toEqual([])
  },
)
