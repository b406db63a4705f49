import { KNOWN } from '@zhangyi/his'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useBrowserStack } from '../setup/browser-stack.ts'
import { furtherTest } from '../setup/further-test.ts'
import { newAdult } from '../verification/verifying-phone.ts'
import { look } from './look.ts'
import {
  confirm,
  confirmFrom,
  FACE,
  FAMILY,
  GUARDIAN,
  linkVisitCard,
  openHome,
  type PatientVisitor,
  patientVisitor,
  platformCalls,
  press,
  REMOTE,
  smsCode,
  storageOf,
  typed,
  verifyBy,
} from './patient-visitor.ts'

// Chapter （五） 1–4 and 6: who is asked for, how they are verified, and what is left when they are not.

const on = useBrowserStack()
const HALF_AN_HOUR_MS = 30 * 60_000

/** From home to the platform's page for the laboratory's reports. */
async function toPlatform({ page }: PatientVisitor): Promise<void> {
  await openHome(on, page)
  await confirmFrom(page, '报告查询', '检验报告')
  await confirm(page)
}

const opened = (page: Page, name: string) => page.getByText(`就诊人 ${name}`).waitFor()

test('1 + 3: the default patient is shown and confirmed; face on our own page; back with the list and nothing in the address', async () => {
  const { page } = await patientVisitor(on, { person: KNOWN.liMinghua })
  await openHome(on, page)
  await look(page, '40-home-entries')
  await press(page, '报告查询')
  await page.getByText('要看哪一种').waitFor()
  await look(page, '41-records-menu')
  await confirmFrom(page, '检验报告')
  expect(await page.getByText('李*华').count()).toBeGreaterThan(0)
  await look(page, '42-confirm')
  const before = platformCalls(on, 'registerRealPersonAuthOrder')
  await confirm(page)
  await verifyBy(page, ...FACE)
  await opened(page, '李*华')
  expect(platformCalls(on, 'registerRealPersonAuthOrder'), 'face 2.0 on our page').toBe(before + 1)
  await page.getByText('还可查看').waitFor()
  await look(page, '43-lab-list')

  const kept = Object.entries(JSON.parse(await storageOf(page)) as Record<string, string>)
  const orders = kept.filter(([name]) => /register-order|verify-order$/.test(name))
  expect(orders).toHaveLength(2)
  for (const [, value] of orders)
    expect(JSON.parse(value).expiresAtMs).toBeLessThanOrEqual(Date.now() + HALF_AN_HOUR_MS)
  expect(await storageOf(page), 'of the person nothing').not.toMatch(/李明华|330102/)
})

furtherTest(
  '3: “back” after success leads home and stays there; the platform’s spent page does not take over',
  async () => {
    const visitor = await patientVisitor(on, { person: newAdult('330121') })
    const { page } = visitor
    await toPlatform(visitor)
    await verifyBy(page, ...REMOTE)
    await opened(page, '周*国')
    const orders = platformCalls(on, 'registerUniformVerifyOrder')
    await page.goBack()
    await page.getByRole('button', { name: '报告查询' }).waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/h5\/($|pages\/home)/)
    // The home page took the platform's page for a page below it once.
    expect(await page.getByRole('button', { name: '返回', exact: true }).count()).toBe(0)
    // Whoever goes on backwards passes the spent pages, which send nobody forward, and comes out before them.
    for (const spent of ['/open/verify/method', '/open/verify']) {
      await page.goBack()
      await page.waitForURL(({ pathname }) => pathname === spent)
    }
    await page.goBack()
    await page.getByText('要看哪一种').waitFor()
    await press(page, '检验报告')
    await opened(page, '周*国')
    expect(platformCalls(on, 'registerUniformVerifyOrder'), 'verified once').toBe(orders)
  },
)

furtherTest('3: a reload in the middle, on our way back and on the list, loses nothing', async () => {
  const visitor = await patientVisitor(on, { person: newAdult('330121') })
  const { page } = visitor
  await openHome(on, page)
  await confirmFrom(page, '报告查询', '检验报告')
  await page.reload()
  await confirm(page)
  await page.reload()
  await verifyBy(page, ...REMOTE)
  await opened(page, '周*国')
  await page.reload()
  await opened(page, '周*国')
})

test.each([
  ['a child of six by the guardian', KNOWN.liXiaobao, '李*宝', GUARDIAN],
  ['a man of seventy-two by family', KNOWN.zhaoDefu, '赵*福', FAMILY],
])('2: %s; the page says who verified', async (_, person, masked, by) => {
  const visitor = await patientVisitor(on, { person, relation: '亲属', by })
  const { page } = visitor
  await toPlatform(visitor)
  expect(await page.getByText('人脸识别').count(), 'a child is never asked for its face').toBe(
    by === GUARDIAN ? 0 : 1,
  )
  await verifyBy(page, ...by)
  await opened(page, masked)
  await page.getByText('这次由家人代为验证').waitFor()
  await look(page, by === GUARDIAN ? '44-list-guardian' : '45-list-family')
})

test('4: given up: ways on with the counter and family help, and trying again works', async () => {
  const visitor = await patientVisitor(on, { person: newAdult('330121') })
  const { page } = visitor
  await toPlatform(visitor)
  await verifyBy(page, '放弃验证')
  await page.getByText('这次没有验证成功').waitFor()
  const { actions } = await look(page, '46-verify-ways')
  for (const way of ['再试一次', '用短信验证码', '请家人代为验证', '到自助机查询打印', '到窗口办理'])
    expect(actions.join()).toContain(way)
  await press(page, '到窗口办理')
  await page.getByText('请带上就诊人的证件原件').waitFor()
  await press(page, '到自助机查询打印')
  await page.getByText('插身份证，选“报告打印”').waitFor()
  await page.getByRole('button', { name: '再试一次' }).last().click()
  await page.getByText('请选择一种验证方式').waitFor()
  await verifyBy(page, ...REMOTE)
  await opened(page, '周*国')
})

furtherTest('4: the face is somebody else’s: ways on', async () => {
  const visitor = await patientVisitor(on, { person: newAdult('330121') })
  const { page } = visitor
  await toPlatform(visitor)
  await verifyBy(page, '人脸识别', '模拟：不是本人')
  await page.getByText('这次没有验证成功').waitFor()
  expect((await visitor.phone.api<object[]>('GET', '/grants')).body).toEqual([])
})

test('4: a code to the hospital’s phone: wrong digits are told without saying which; then limited reading', async () => {
  const person = newAdult('330121')
  const visitor = await patientVisitor(on, { person })
  const { page } = visitor
  await toPlatform(visitor)
  await verifyBy(page, '放弃验证')
  await page.getByText('这次没有验证成功').waitFor()
  await press(page, '用短信验证码')
  await page.getByLabel('身份证号后四位').waitFor()
  await press(page, '确认查看')
  await page.getByText('请先点「获取验证码」').waitFor()
  await look(page, '47-verify-code')
  await on.stack.action('sms', 'clear', {})
  await press(page, '获取验证码')
  await page.getByText('验证码已发到').waitFor()
  const code = await smsCode(on, '13800000000')
  await page.getByLabel('身份证号后四位').fill('0000')
  await page.getByLabel('短信验证码').fill(code)
  await press(page, '确认查看')
  await page.getByText('有问题：').waitFor()
  await look(page, '48-verify-code-wrong')
  await page.getByLabel('身份证号后四位').fill(person.idNumber.slice(-4))
  await page.getByLabel('短信验证码').fill(code)
  await press(page, '确认查看')
  await opened(page, '周*国')
  await page.getByText('查看时间较短，只能看').waitFor()
  await look(page, '49-list-fallback')
})

furtherTest('4: the platform is down: said at once, with the ways that are left', async () => {
  const { page } = await patientVisitor(on, { person: newAdult('330121') })
  await openHome(on, page)
  await confirmFrom(page, '报告查询', '检验报告')
  await on.stack.orderFault('health-card', { kind: 'http-500', operation: 'registerUniformVerifyOrder' })
  await press(page, '确认，去验证身份')
  await page.getByText('身份验证平台连不上').waitFor()
  await look(page, '50-verify-platform-down')
})

furtherTest(
  '4: passed, and the result cannot be asked for: nothing opens, and one press asks again',
  async () => {
    const visitor = await patientVisitor(on, { person: newAdult('330121') })
    const { page } = visitor
    await toPlatform(visitor)
    await on.stack.orderFault('health-card', { kind: 'http-500', operation: 'checkUniformVerifyResult' })
    await verifyBy(page, ...REMOTE)
    await page.getByText('验证结果还没有查到').waitFor()
    expect(await page.getByText('就诊人 周*国').count()).toBe(0)
    await look(page, '51-verify-result-unknown')
    await on.stack.clearFaults()
    await page.getByRole('button', { name: '再查一次结果' }).last().click()
    await opened(page, '周*国')
  },
)

furtherTest('4: the day’s tries are used up: only machine, counter and phone are left', async () => {
  const { page, phone, patientIds } = await patientVisitor(on, { person: newAdult('330121') })
  for (let tries = 0; tries < 5; tries++) await phone.verify(patientIds[0] ?? '', 'lab-report', '放弃验证')
  await openHome(on, page)
  await confirmFrom(page, '报告查询', '检验报告')
  await press(page, '确认，去验证身份')
  await page.getByText('今天验证的次数用完了').waitFor()
  const { actions } = await look(page, '52-verify-used-up')
  expect(actions.join()).not.toMatch(/再试一次|短信/)
})

test('4: a swapped registerOrderId in the address is no proof, one’s own or somebody else’s', async () => {
  const mine = await patientVisitor(on, { person: newAdult('330121') })
  const theirs = await patientVisitor(on, { person: newAdult('330121') })
  const purpose = 'lab-report'
  const passed = (await theirs.phone.begin(theirs.patientIds[0] ?? '', purpose)).body
  const back = await theirs.phone.onPlatform(passed, ...REMOTE)
  await theirs.phone.handIn(passed.id, back)
  const { body } = await mine.phone.begin(mine.patientIds[0] ?? '', purpose)
  const stolen = back.searchParams.get('registerOrderId')
  const { page } = mine
  await typed(on, page, `pages/verify/return?verification=${body.id}&registerOrderId=${stolen}`)
  await page.getByText('没有确认成功').waitFor()
  await look(page, '53-verify-result-refused')
  expect((await mine.phone.api<object[]>('GET', '/grants')).body).toEqual([])
})

furtherTest(
  '6: a passport is never sent to the platform: card number and a code open limited reading',
  async () => {
    const visitor = await patientVisitor(on)
    const { page, phone } = visitor
    await linkVisitCard(phone, KNOWN.johnSmith)
    const [archive] = on.stack.his.archivesOf(KNOWN.johnSmith)
    const before = platformCalls(on, 'registerUniformVerifyOrder')
    await openHome(on, page)
    await confirmFrom(page, '报告查询', '检验报告')
    await press(page, '确认，去验证身份')
    await page.getByText('您的证件不需要人脸验证').waitFor()
    await look(page, '54-no-resident-id')
    await press(page, '用就诊卡和短信验证码')
    await on.stack.action('sms', 'clear', {})
    await press(page, '获取验证码')
    await page.getByText('验证码已发到').waitFor()
    await page.getByLabel('就诊卡号').fill(archive?.visitCardNumber ?? '')
    await page.getByLabel('短信验证码').fill(await smsCode(on, archive?.phone ?? ''))
    await look(page, '55-card-and-code')
    await press(page, '确认查看')
    await page.getByText('只能看').waitFor()
    expect(platformCalls(on, 'registerUniformVerifyOrder')).toBe(before)
  },
)

furtherTest(
  '6: a passport whose phone nobody at the hospital has confirmed: counter, machine and phone',
  async () => {
    const { page, phone } = await patientVisitor(on)
    await linkVisitCard(phone, { name: 'Maria Garcia', idNumber: 'G20261124', idType: '03' })
    await openHome(on, page)
    await confirmFrom(page, '报告查询', '检验报告')
    await press(page, '确认，去验证身份')
    await page.getByText('您的证件不需要人脸验证').waitFor()
    const { actions } = await look(page, '56-no-resident-id-counter')
    expect(actions.join()).not.toContain('短信')
  },
)

furtherTest('elder mode: confirm, ways on and the code in large letters', async () => {
  const { page } = await patientVisitor(on, { person: newAdult('330121') })
  await openHome(on, page)
  await press(page, '切换大字版')
  await look(page, '57-elder-home-entries')
  await press(page, '报告查询')
  await page.getByText('要看哪一种').waitFor()
  await look(page, '58-elder-menu')
  await confirmFrom(page, '检验报告')
  await look(page, '59-elder-confirm')
  await confirm(page)
  await verifyBy(page, '放弃验证')
  await page.getByText('这次没有验证成功').waitFor()
  await look(page, '60-elder-verify-ways')
  await press(page, '用短信验证码')
  await page.getByLabel('身份证号后四位').waitFor()
  await look(page, '61-elder-verify-code')
})
