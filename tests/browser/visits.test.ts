import { KNOWN } from '@zhangyi/his'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { VisitOrder } from '../../apps/server/src/visits/visit-views.ts'
import { useBrowserStack } from '../setup/browser-stack.ts'
import { furtherTest } from '../setup/further-test.ts'
import { newAdult, VerifyingPhone } from '../verification/verifying-phone.ts'
import { look } from './look.ts'
import {
  GUARDIAN,
  linkVisitCard,
  openHome,
  type PatientVisitor,
  patientVisitor,
  press,
  typed,
} from './patient-visitor.ts'

// 挂号 and 缴费 as a patient walks them: through the gateway, the simulated HIS and the sandbox's cashier.

const on = useBrowserStack()

interface Slot {
  readonly id: string
  readonly day: string
  readonly doctorId: string | null
  readonly startsAt: string
  readonly remaining: number
}

async function adult(): Promise<PatientVisitor> {
  const visitor = await patientVisitor(on, { person: newAdult('330127') })
  await openHome(on, visitor.page)
  return visitor
}

const said = (page: Page, words: string) => page.getByText(words).first().waitFor()
const atCashier = (page: Page) => said(page, '微信支付收银台')
const freeSlot = (page: Page) => page.locator('.clinic-card__slot button:not([aria-disabled=true])').first()
const slotsPath = 'pages-visit/book/slots?departmentId=D0101'

async function chooseSlot(page: Page): Promise<void> {
  await typed(on, page, slotsPath)
  await page.getByRole('button', { name: /^明天/ }).click()
  await freeSlot(page).click()
  await said(page, '请核对一下')
}

test('book, pay at the cashier, done; given back, refunded to where it came from', async () => {
  const { page } = await adult()
  await look(page, '100-home-visits')
  await press(page, '挂号')
  await said(page, '要看哪个科？')
  await press(page, '内科')
  await look(page, '101-departments')
  await press(page, '心血管内科')
  await page.getByRole('button', { name: /^明天/ }).click()
  await freeSlot(page).waitFor()
  await look(page, '102-slots')
  await freeSlot(page).click()
  await said(page, '请核对一下')
  await look(page, '103-confirm')
  await press(page, '锁号并付款')
  await atCashier(page)
  await press(page, '支付')
  await said(page, '预约成功')
  expect(page.url(), 'what the cashier said is not in the address').not.toContain('result=')
  await look(page, '104-done')
  await press(page, '查看挂号记录')
  await said(page, '待就诊')
  await look(page, '105-registrations')
  await page.locator('main .zy-tap--row').first().click()
  await press(page, '退号')
  await said(page, '确认退号？')
  await press(page, '确认退号')
  await said(page, '号已退，钱已原路退回')
  await said(page, '已退回')
  await look(page, '107-cancelled')
})

test('bills: ticked, paid at the cashier, then where to go next and the receipt', async () => {
  const { page } = await patientVisitor(on, { person: KNOWN.liMinghua })
  await openHome(on, page)
  await press(page, '缴费')
  await said(page, '已选 3 项，合计')
  await press(page, '西药费')
  await said(page, '已选 2 项，合计')
  await press(page, '明细 2 项')
  await look(page, '110-fees')
  await press(page, '西药费')
  await press(page, '去缴费')
  await atCashier(page)
  await said(page, '￥413.20')
  await press(page, '支付')
  await said(page, '缴费成功')
  await look(page, '111-fee-done')
  await press(page, '查看缴费记录')
  await said(page, '票据号')
  await look(page, '112-paid-fees')
  await press(page, '看待缴费用')
  await said(page, '现在没有要缴的费用')
  await look(page, '113-no-fees')
})

furtherTest('cancelled at the cashier: not paid, says so; it can be paid again or given up', async () => {
  const { page } = await adult()
  await chooseSlot(page)
  await press(page, '锁号并付款')
  await atCashier(page)
  await press(page, '取消')
  await said(page, '还没有付款')
  expect(await page.getByRole('timer').innerText()).toMatch(/^还剩 \d+ 分 \d\d 秒$/)
  await look(page, '108-to-pay')
  await press(page, '去付款')
  await atCashier(page)
  await press(page, '余额不足')
  await said(page, '还没有付款')
  await typed(on, page, 'pages-visit/registrations/list')
  await said(page, '还没有办完')
  await look(page, '114-open-order')
  await page.getByRole('button', { name: /待付款/ }).click()
  await press(page, '不挂了，放弃这个号')
  await said(page, '确认放弃这个号？')
  await press(page, '确认放弃')
  await said(page, '已关闭')
})

test('a slot that somebody else took meanwhile: no money, and the way to another one', async () => {
  const other = await new VerifyingPhone(on.stack).signIn()
  const { page, phone } = await adult()
  const { body } = await phone.api<{ slots: Slot[] }>('GET', '/visits/slots?departmentId=D0102')
  const last = body.slots.find(({ remaining, day }) => remaining === 1 && day > (body.slots[0]?.day ?? ''))
  if (!last) throw new Error('no slot with one place')
  const query = `departmentId=D0102&slotId=${last.id}&day=${last.day}`
  await typed(on, page, `pages-visit/book/confirm?${query}`)
  await said(page, '请核对一下')
  const patientId = await linkVisitCard(other, newAdult('330128'))
  const wanted = { patientId, slotId: last.id, departmentId: 'D0102', day: last.day }
  expect((await other.api<VisitOrder>('POST', '/visits/registrations', wanted)).body.state).toBe('to-pay')
  await press(page, '锁号并付款')
  await said(page, '这个号刚刚被约走了')
  await look(page, '117-slot-gone')
  await press(page, '重新选时间')
  await said(page, '呼吸与危重症医学科')
  expect(page.url()).toContain('book/slots')
})

furtherTest(
  'without a health card 挂号 works and the card is offered; searching finds a department by its campus',
  async () => {
    const { page, phone } = await patientVisitor(on)
    await linkVisitCard(phone, newAdult('330129'))
    await openHome(on, page)
    await press(page, '挂号')
    await said(page, '补领电子健康卡')
    await page.getByLabel('搜索科室或院区').fill('滨江')
    await said(page, '找到 2 个科室')
    await page.getByLabel('搜索科室或院区').fill('牙')
    await said(page, '没有找到“牙”')
    await chooseSlot(page)
  },
)

furtherTest(
  'who has withdrawn the consent is led to it and comes back; who has nobody adds somebody',
  async () => {
    const { page, phone } = await adult()
    await phone.api('DELETE', '/consent')
    await typed(on, page, 'pages-visit/fees/pending')
    await press(page, '去查看并同意')
    await press(page, '同意并继续')
    await said(page, '现在没有要缴的费用')
    const nobody = await patientVisitor(on)
    await openHome(on, nobody.page)
    await typed(on, nobody.page, 'pages-visit/book/departments')
    await said(nobody.page, '还没有就诊人')
    await look(nobody.page, '120-no-patient')
  },
)

test('the HIS is down: said with the trace number and the phone, and tried again; a made-up order shows nothing', async () => {
  const { page } = await adult()
  on.stack.his.faults.order({ kind: 'unavailable', operation: 'schedules.slots' })
  await typed(on, page, slotsPath)
  await said(page, '号源没有加载出来')
  expect(await page.locator('main').innerText()).toMatch(/追踪号 ZY-/)
  await look(page, '121-slots-his-down')
  await on.stack.clearFaults()
  await press(page, '再试一次')
  await freeSlot(page).waitFor()
  await typed(on, page, 'pages-visit/order/order?id=somebody')
  await said(page, '没有找到这笔订单')
})

furtherTest('elder mode: every page in large letters; and on a wide screen', async () => {
  const { page } = await patientVisitor(
    on,
    { person: KNOWN.liMinghua },
    { person: KNOWN.liXiaobao, relation: '子女', by: GUARDIAN },
  )
  await openHome(on, page)
  await press(page, '切换大字版')
  await press(page, '挂号')
  await said(page, '要看哪个科？')
  await press(page, '内科')
  await look(page, '131-elder-departments')
  await typed(on, page, slotsPath)
  await page.getByRole('button', { name: /^明天/ }).click()
  await freeSlot(page).waitFor()
  await look(page, '132-elder-slots')
  await freeSlot(page).click()
  await said(page, '请核对一下')
  await look(page, '133-elder-confirm')
  await press(page, '锁号并付款')
  await atCashier(page)
  await press(page, '取消')
  await said(page, '还没有付款')
  await look(page, '134-elder-to-pay')
  await typed(on, page, 'pages-visit/fees/pending')
  await press(page, '换一位')
  await press(page, '李*宝')
  await said(page, '已选 1 项，合计')
  await look(page, '135-elder-fees')
  await page.setViewportSize({ width: 1366, height: 768 })
  await typed(on, page, slotsPath)
  await freeSlot(page).waitFor()
  await look(page, '138-wide-slots')
})
