import { checkCharacter } from '@zhangyi/core'
import { KNOWN } from '@zhangyi/his'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { home, newVisitor, type Visitor, visit } from '../setup/browser.ts'
import { useBrowserStack } from '../setup/browser-stack.ts'
import { furtherTest } from '../setup/further-test.ts'
import { look } from './look.ts'

const on = useBrowserStack()

let serial = 0
function newIdNumber(area = '330106', birthday = '19880214'): string {
  const first17 = `${area}${birthday}${String(200 + ++serial)}`
  return first17 + checkCharacter(first17)
}

const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click()
/** On the platform's pages methods are links, cards and results are buttons. */
const pressOnPlatform = (page: Page, words: string) =>
  page.locator('button, a.button, a.link').filter({ hasText: words }).first().click()

async function seedCard(visitor: Visitor, card: object): Promise<void> {
  await on.stack.action('health-card', 'seed-card', { person: visitor.person, relation: '本人', ...card })
}

/** From the home page to the platform's page; two taps. */
async function begin(page: Page): Promise<void> {
  await visit(page, home(on.stack))
  await press(page, '领取电子健康卡')
  await press(page, '同意并继续')
  await page.getByText('沙箱模拟页面').waitFor()
}

async function passFace(page: Page): Promise<void> {
  await pressOnPlatform(page, '人脸识别')
  await pressOnPlatform(page, '模拟：本人，通过')
}

test('an existing card is linked in at most five taps', async () => {
  const visitor = await newVisitor(on.browser)
  const { page } = visitor
  await seedCard(visitor, { name: '周建国', idNumber: newIdNumber() })
  await visit(page, home(on.stack))
  await page.getByRole('button', { name: '领取电子健康卡' }).waitFor()
  await look(page, '01-home-empty')
  let taps = 0
  const tap = async (action: Promise<void>) => {
    taps++
    await action
  }
  await tap(press(page, '领取电子健康卡'))
  await page.getByRole('button', { name: '同意并继续' }).waitFor()
  await look(page, '02-consent')
  await tap(press(page, '同意并继续'))
  await tap(pressOnPlatform(page, '周'))
  await tap(pressOnPlatform(page, '人脸识别'))
  await tap(pressOnPlatform(page, '模拟：本人，通过'))
  await page.getByText('电子健康卡已经关联好了').waitFor()
  expect(taps).toBeLessThanOrEqual(5)
  await look(page, '03-done-linked')
  await press(page, '返回首页')
  await page.getByText('已验证').first().waitFor()
  expect(await page.getByText('周*国').count()).toBeGreaterThan(0)
  expect(await page.content()).not.toContain('周建国')
  await look(page, '04-home-linked')
})

async function fillForm(page: Page, person: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(person)) {
    const field = page.getByLabel(label, { exact: true })
    const isChoice = await field.evaluate((element) => element.tagName === 'SELECT')
    if (isChoice) await field.selectOption({ label: value })
    else await field.fill(value)
  }
}

const ADULT = {
  姓名: '郑晓燕',
  民族: '汉族',
  手机号码: '13900004321',
  现住址: '西湖区文三路 9 号',
  与我的关系: '本人',
}

test('a new card: wrong fields are told one by one, nothing typed is lost, the corrected form goes through', async () => {
  const { page } = await newVisitor(on.browser)
  await begin(page)
  await pressOnPlatform(page, '添加健康卡')
  await page.getByLabel('姓名', { exact: true }).waitFor()
  await look(page, '05-form')
  const idNumber = newIdNumber()
  const wrong = idNumber.slice(0, 16) + ((Number(idNumber[16]) + 1) % 10) + idNumber.slice(17)
  await fillForm(page, { ...ADULT, 证件号码: wrong, 手机号码: '1390000' })
  await press(page, '提交，去验证身份')
  await page.getByText('可能有一位输错了').waitFor()
  await page.getByText('手机号码应为 11 位数字').waitFor()
  await look(page, '06-form-errors')
  expect(await page.getByLabel('姓名', { exact: true }).inputValue()).toBe(ADULT.姓名)
  await page.reload()
  expect(await page.getByLabel('现住址', { exact: true }).inputValue(), 'kept over a reload').toBe(
    ADULT.现住址,
  )
  await fillForm(page, { 证件号码: idNumber, 手机号码: ADULT.手机号码 })
  await press(page, '提交，去验证身份')
  await passFace(page)
  await page.getByText('电子健康卡已经关联好了').waitFor()
})

test('abandoned verification: ways on, then a visit card whose patient is shown as unverified', async () => {
  const visitor = await newVisitor(on.browser)
  const { page } = visitor
  await seedCard(visitor, { name: '周建国', idNumber: newIdNumber() })
  await begin(page)
  await pressOnPlatform(page, '周')
  await pressOnPlatform(page, '放弃验证')
  await page.getByText('这次没有验证成功').waitFor()
  const { actions } = await look(page, '07-ways-on-verify-failed')
  expect(actions.join()).toMatch(/先办就诊卡/)
  expect(await page.getByText(/ZY-[A-Z0-9]{4}-[A-Z0-9]{4}/).count()).toBeGreaterThan(0)
  await press(page, '先办就诊卡')
  await page.getByLabel('姓名', { exact: true }).waitFor()
  await look(page, '08-visit-card')
  await fillForm(page, { ...ADULT, 证件号码: newIdNumber() })
  await press(page, '办理就诊卡')
  await page.getByText('就诊卡已经办好').waitFor()
  await look(page, '09-done-visit-card')
  await press(page, '返回首页')
  await page.getByText('未验证').first().waitFor()
  await look(page, '10-home-unverified')
})

furtherTest('a failed face check leads to the ways on, and trying again works', async () => {
  const visitor = await newVisitor(on.browser)
  const { page } = visitor
  await seedCard(visitor, { name: '周建国', idNumber: newIdNumber() })
  await begin(page)
  await pressOnPlatform(page, '周')
  await pressOnPlatform(page, '人脸识别')
  await pressOnPlatform(page, '模拟：不是本人')
  await page.getByText('这次没有验证成功').waitFor()
  await press(page, '再试一次')
  await pressOnPlatform(page, '周')
  await passFace(page)
  await page.getByText('电子健康卡已经关联好了').waitFor()
})

furtherTest(
  'card management out of order: the archive is made, the card is offered later and then taken up',
  async () => {
    const visitor = await newVisitor(on.browser)
    const { page } = visitor
    await seedCard(visitor, { name: '周建国', idNumber: newIdNumber() })
    await on.stack.orderFault('health-card', { kind: 'card-management-outage', times: 1 })
    await begin(page)
    await pressOnPlatform(page, '周')
    await passFace(page)
    await page.getByText('医院档案已经建好').waitFor()
    await look(page, '11-done-card-pending')
    await press(page, '返回首页')
    await press(page, '补领电子健康卡')
    await pressOnPlatform(page, '周')
    await passFace(page)
    await page.getByText('电子健康卡已经关联好了').waitFor()
  },
)

furtherTest('fields that the card lacks are asked for in words and colour', async () => {
  const visitor = await newVisitor(on.browser)
  const { page } = visitor
  await seedCard(visitor, { name: '周建国', idNumber: newIdNumber(), nation: null, address: null })
  await begin(page)
  await pressOnPlatform(page, '周')
  await passFace(page)
  await page.getByText('还差 2 项').waitFor()
  await look(page, '12-complete-archive')
  await page.getByLabel('需补充 · 民族').selectOption({ label: '蒙古族' })
  await press(page, '提交建档')
  await page.getByText('请填写现住址').waitFor()
  await page.getByLabel('需补充 · 现住址').fill('解放路 1 号')
  await press(page, '提交建档')
  await page.getByText('电子健康卡已经关联好了').waitFor()
})

furtherTest('a child of eight: guardian asked for, verified by the guardian', async () => {
  const { page } = await newVisitor(on.browser)
  await begin(page)
  await pressOnPlatform(page, '添加健康卡')
  await page.getByLabel('姓名', { exact: true }).waitFor()
  await fillForm(page, {
    ...ADULT,
    姓名: '郑小朵',
    与我的关系: '子女',
    证件号码: newIdNumber('330106', '20180301'),
  })
  await page.getByLabel('监护人姓名').waitFor()
  await fillForm(page, {
    监护人姓名: '郑晓燕',
    监护人证件号码: newIdNumber(),
    监护人手机号码: '13900004321',
    监护人是孩子的: '母亲',
  })
  await look(page, '13-form-child')
  await press(page, '提交，去验证身份')
  await pressOnPlatform(page, '监护人认证')
  await pressOnPlatform(page, '模拟：验证通过')
  await page.getByText('电子健康卡已经关联好了').waitFor()
  await press(page, '返回首页')
  await page.getByText('子女').first().waitFor()
})

furtherTest('a foreign passport is never sent to a face check and ends with a card, unverified', async () => {
  const { page } = await newVisitor(on.browser)
  await begin(page)
  await pressOnPlatform(page, '添加健康卡')
  await page.getByLabel('姓名', { exact: true }).waitFor()
  await page.getByLabel('证件类型', { exact: true }).selectOption({ label: '护照' })
  await fillForm(page, {
    姓名: 'Maria Garcia',
    证件号码: `G${Date.now() % 100_000_000}`,
    性别: '女',
    出生日期: '1985-06-30',
    手机号码: '13900004321',
    现住址: '西湖区文三路 9 号',
    与我的关系: '本人',
  })
  await look(page, '14-form-passport')
  await press(page, '提交，去验证身份')
  expect(await page.getByText('人脸识别').count()).toBeLessThanOrEqual(1)
  await pressOnPlatform(page, '确认证件信息')
  await page.getByText('返回首页').waitFor()
  await press(page, '返回首页')
  await page.getByText('未验证').first().waitFor()
})

test('several archives: the patient picks by card number and last visit, nothing is chosen beforehand', async () => {
  const visitor = await newVisitor(on.browser)
  const { page } = visitor
  await seedCard(visitor, { name: KNOWN.sunGuizhen.name, idNumber: KNOWN.sunGuizhen.idNumber })
  await begin(page)
  await pressOnPlatform(page, '孙')
  await passFace(page)
  await page.getByText('医院里有 3 份您的档案').waitFor()
  await look(page, '15-choose-archive')
  expect(await page.getByText('已选择').count()).toBe(0)
  await press(page, '****4420')
  if (await page.getByRole('button', { name: '使用这份档案' }).count()) await press(page, '使用这份档案')
  await page.getByText('电子健康卡已经关联好了').waitFor()
  const me = await page.request.get(`${on.stack.server.origin}/api/v1/me`)
  expect((await me.json()).patients).toMatchObject([{ visitCard: '****4420' }])
})

furtherTest('the platform down is told and led on without waiting for it', async () => {
  const { page } = await newVisitor(on.browser)
  await visit(page, home(on.stack))
  await press(page, '领取电子健康卡')
  await page.getByRole('button', { name: '同意并继续' }).waitFor()
  await on.stack.orderFault('health-card', {
    kind: 'delay',
    delayMs: 30_000,
    operation: 'registerHealthCardPreAuth',
    times: 1,
  })
  const started = performance.now()
  await press(page, '同意并继续')
  await page.getByText('电子健康卡平台连不上').waitFor()
  // The platform would answer after 30 s; the gateway gives up after `healthCard.timeoutMs` (2 s). A busy machine
  // may be slow, so only that nobody waited for the platform is asserted here.
  expect(performance.now() - started).toBeLessThan(25_000)
  await look(page, '16-ways-on-platform-down')
})

furtherTest('elder mode: every page of the main way in large letters', async () => {
  const visitor = await newVisitor(on.browser)
  const { page } = visitor
  await seedCard(visitor, { name: '赵桂兰', idNumber: newIdNumber('330102', '19540312'), nation: null })
  await visit(page, home(on.stack))
  await page.getByRole('button', { name: '领取电子健康卡' }).waitFor()
  await press(page, '切换大字版')
  await look(page, '20-elder-home')
  await press(page, '领取电子健康卡')
  await page.getByRole('button', { name: '同意并继续' }).waitFor()
  await look(page, '21-elder-consent')
  await press(page, '同意并继续')
  await pressOnPlatform(page, '赵')
  await pressOnPlatform(page, '放弃验证')
  await page.getByText('这次没有验证成功').waitFor()
  await look(page, '22-elder-ways-on')
  await press(page, '再试一次')
  await pressOnPlatform(page, '赵')
  await passFace(page)
  await page.getByText('还差 1 项').waitFor()
  await look(page, '23-elder-complete')
  await page.getByLabel('需补充 · 民族').selectOption({ label: '汉族' })
  await press(page, '提交建档')
  await page.getByText('电子健康卡已经关联好了').waitFor()
  await look(page, '24-elder-done')
  await press(page, '返回首页')
  await page.getByText('已验证').first().waitFor()
  await look(page, '25-elder-home-linked')
})
