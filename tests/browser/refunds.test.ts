import { type Fen, newId, SECOND_MS } from '@zhangyi/core'
import { KNOWN } from '@zhangyi/his'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test, vi } from 'vitest'
import { seedDemoRecharges } from '../../apps/cli/src/start/seed-demo-recharges.ts'
import { NOT_ENOUGH, TRANSFER_PAID } from '../../apps/server/src/refunds/cases/leg-words.ts'
import type { CaseView, LegPhase } from '../../apps/server/src/refunds/refund-views.ts'
import { useBrowserStack } from '../setup/browser-stack.ts'
import { look as lookAt } from './look.ts'
import { GUARDIAN, openHome, type PatientVisitor, patientVisitor, press, typed } from './patient-visitor.ts'
import { clerk } from './refunds/clerk.ts'
import { aDayPasses, fundsAre, withBalance, workNow } from './refunds/money.ts'

// 退费 as a patient walks it: both ways, through the gateway, the simulated HIS, and the sandbox's pages for WeChat's
// face check and 确认收款.

const on = useBrowserStack({
  // So that a second archive can be settled at the window; whether an empty one blocks is a setting.
  hospital: () => ({ refunds: { mergePhone: '0571-8888888', face: { zeroBalanceBlocks: false } } }),
})
beforeAll(async () => {
  const { sandbox, hospitals } = on.stack
  await seedDemoRecharges({ sandbox, hospitals, database: on.database.database })
})

const said = (page: Page, words: string) => page.getByText(words).first().waitFor()
const ENTRIES = 'pages-refund/entries/entries'
const LIST = 'pages-refund/list/list'

async function look(page: Page, name: string): Promise<void> {
  await lookAt(page, name)
  const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(wider, `${name}: nothing is wider than the window`).toBe(false)
}

interface Person {
  readonly name: string
  readonly idNumber: string
}

/** From the ways to WeChat's face dialogue, or what stands in for it. */
async function toCamera(page: Page, { name, idNumber }: Person): Promise<void> {
  await typed(on, page, ENTRIES)
  await press(page, '人脸核验退款')
  await press(page, '去验证并退款')
  await page.getByLabel('姓名').fill(name)
  await page.getByLabel('居民身份证号码').fill(idNumber)
  await press(page, '开始人脸核验')
  await said(page, '代替微信的人脸核验界面')
}

async function toArchives(page: Page, person: Person): Promise<void> {
  await toCamera(page, person)
  await press(page, '模拟：本人，通过')
  await said(page, '院内档案')
}

async function apply(page: Page, person: Person): Promise<void> {
  await toArchives(page, person)
  await press(page, '申请退款')
  await said(page, '退款详情')
}

/** WeChat has paid it or given it up, and the gateway has asked; the page would find out by its next look. */
async function whenSettled({ page, phone }: PatientVisitor, phase: LegPhase): Promise<void> {
  on.stack.sandbox.clock.advance(10 * SECOND_MS)
  await vi.waitFor(
    async () => {
      await workNow(on)
      const found = (await theirCase({ phone }))?.legs.map((leg) => leg.phase)
      expect(new Set(found)).toEqual(new Set([phase]))
    },
    { timeout: 20_000, interval: 200 },
  )
  await page.reload()
}

const theirCase = async ({ phone }: Pick<PatientVisitor, 'phone'>) =>
  (await phone.api<{ cases: CaseView[] }>('GET', '/refunds')).body.cases[0]

test('the original way: two recharges, one in part, go back to where they were paid from', async () => {
  const visitor = await patientVisitor(on, { person: KNOWN.liMinghua })
  const { page } = visitor
  await openHome(on, page)
  await press(page, '退费')
  await said(page, '选择退款方式')
  await look(page, '150-refund-entries')
  await press(page, '去选要退的充值')
  await said(page, '选择要退的充值')
  await look(page, '151-refund-original')
  const amounts = page.getByLabel(/^退多少元/)
  expect(await amounts.count()).toBe(2)
  await amounts.first().fill('300')
  await press(page, '确认退款')
  await said(page, '最多')
  await look(page, '152-refund-original-wrong')
  await amounts.first().fill('120')
  await press(page, '确认退款')
  await said(page, '退款详情')
  await said(page, '正在按原来的付款方式退回')
  await look(page, '153-refund-original-processing')
  await whenSettled(visitor, 'paid')
  await page.getByText('已退回支付用户零钱，一般 5 分钟内到账。').nth(1).waitFor()
  await look(page, '154-refund-original-paid')
})

test('the face way: a face of somebody else, the right one, left without confirming, found again, confirmed', async () => {
  await fundsAre(on, 5_000_000)
  const person = await withBalance(on, '330141', 38_650)
  const visitor = await patientVisitor(on, { person })
  const { page } = visitor
  await typed(on, page, ENTRIES)
  await press(page, '人脸核验退款')
  await look(page, '155-refund-entries-face')
  await press(page, '去验证并退款')
  await press(page, '开始人脸核验')
  await said(page, '有')
  await look(page, '156-refund-face-form')
  await toCamera(page, person)
  await press(page, '模拟：不是本人')
  await said(page, '请检查基本信息是否与人脸识别为同一人')
  await look(page, '157-refund-face-mismatch')
  await press(page, '重新核验')
  await said(page, '代替微信的人脸核验界面')
  await press(page, '模拟：本人，通过')
  await said(page, '可以退 386.50 元')
  await look(page, '158-refund-archive')
  await press(page, '申请退款')
  await said(page, '没有确认之前，钱不会到账')
  await look(page, '159-refund-to-receive')
  await press(page, '接收退款')
  await said(page, '收款微信')
  await press(page, '返回')
  await said(page, '还没有确认收款，钱没有到账')
  await look(page, '160-refund-not-received')

  await openHome(on, page)
  await said(page, '有一笔退款等您确认收款')
  await look(page, '178-home-refund-waits')
  await press(page, '有一笔退款等您确认收款')
  await said(page, '没有确认之前，钱不会到账')
  await typed(on, page, LIST)
  await said(page, '待接收')
  await look(page, '161-refund-list')
  await page.locator('main .zy-tap--row').first().click()
  await press(page, '接收退款')
  await press(page, '确认收款')
  await said(page, TRANSFER_PAID)
  expect(page.url(), 'what WeChat’s page said is not in the address').not.toContain('result=')
  await look(page, '162-refund-paid')
  expect(await theirCase(visitor)).toMatchObject({ paidFen: 38_650 })
})

test('several archives: listed, nothing can be applied for, the phone stands there; settled at the window it goes on', async () => {
  const { page } = await patientVisitor(on)
  await toArchives(page, KNOWN.sunGuizhen)
  await said(page, '0571-8888888')
  for (const words of ['就诊卡 000000620931', '就诊卡 000000624420', '没有就诊卡号', '120.50', '66.00'])
    await said(page, words)
  const applies = page.getByRole('button', { name: '申请退款' })
  expect(await applies.getAttribute('aria-disabled')).toBe('true')
  await look(page, '163-refund-archives-merge')
  await emptyAtWindow('000000620931')
  await press(page, '已合并，重新查询')
  await said(page, '申请退款 ¥66.00')
  await look(page, '164-refund-archives-merged')
  await press(page, '申请退款')
  await said(page, '没有确认之前，钱不会到账')
})

/** The window gives back what is on an archive. */
async function emptyAtWindow(card: string): Promise<void> {
  const { his } = on.stack
  const patid = his.archives.find(({ visitCardNumber }) => visitCardNumber === card)?.patid ?? ''
  const amount: Fen = his.balanceOf(patid).total
  const held = await his.port.deposits?.hold({ patid, depositId: undefined, amount }, newId('key'))
  if (held?.kind !== 'yes') throw new Error('not held')
  const { holdId } = held.value
  const paidAt = new Date(on.stack.sandbox.clock.nowMs()).toISOString()
  await his.port.deposits?.confirm({ holdId, amount, refundNumber: newId('n'), paidAt }, newId('key'))
}

test('not enough on the merchant’s account: said in the list’s words; funded, tried again, and withdrawn', async () => {
  const person = await withBalance(on, '330142', 20_000)
  await fundsAre(on, 20_000)
  const visitor = await patientVisitor(on)
  const { page } = visitor
  await apply(page, person)
  await said(page, NOT_ENOUGH)
  await look(page, '165-refund-not-enough')
  await fundsAre(on, 5_000_000)
  await press(page, '再试一次')
  await said(page, '没有确认之前，钱不会到账')
  await press(page, '不退了，撤回申请')
  await said(page, '确认撤回？')
  await look(page, '166-refund-withdraw')
  await press(page, '确认撤回')
  await said(page, '正在把这笔钱退回您的门诊余额')
  await look(page, '167-refund-withdrawing')
  on.stack.sandbox.clock.advance(10 * SECOND_MS)
  await said(page, '这笔钱已退回您的门诊余额')
  await look(page, '168-refund-returned')
  expect(await theirCase(visitor)).toMatchObject({ open: false, paidFen: 0 })
})

test('nobody confirms for a day: expired, reissued by a clerk, and the new one is received; all in large letters', async () => {
  await fundsAre(on, 5_000_000)
  const person = await withBalance(on, '330143', 9_000)
  const visitor = await patientVisitor(on)
  const { page } = visitor
  await openHome(on, page)
  await press(page, '切换大字版')
  await typed(on, page, ENTRIES)
  await said(page, '选择退款方式')
  await look(page, '170-elder-refund-entries')
  await toArchives(page, person)
  await look(page, '171-elder-refund-archive')
  await press(page, '申请退款')
  await said(page, '没有确认之前，钱不会到账')
  await look(page, '172-elder-refund-to-receive')
  const legId = (await theirCase(visitor))?.legs[0]?.id
  await aDayPasses(on, async () => {
    const [row] = await on.database.asOwner<{ state: string }>(
      `SELECT state FROM refund_leg WHERE id = '${legId}'`,
    )
    return row?.state === 'one-sided'
  })
  await typed(on, page, LIST)
  await said(page, '已失效')
  await look(page, '173-elder-refund-list')
  await page.locator('main .zy-tap--row').first().click()
  await said(page, '这笔退款已失效，钱仍为您保留')
  await look(page, '174-elder-refund-expired')
  const operator = await clerk(on, 'wang-03')
  expect(await operator.post(`/legs/${legId}/reissue`, { reason: '患者没有确认' })).toBe(200)
  await page.reload()
  await press(page, '接收退款')
  await press(page, '确认收款')
  await said(page, TRANSFER_PAID)
  await look(page, '175-elder-refund-paid')
  await page.setViewportSize({ width: 1366, height: 768 })
  await look(page, '176-wide-refund-paid')
})

test('a refund that the bank sends back: the patient is told where the money is and what happens next', async () => {
  const child = { person: KNOWN.liXiaobao, relation: '子女', by: GUARDIAN }
  const visitor = await patientVisitor(on, child)
  const { page } = visitor
  await on.stack.orderFault('wechat-pay', { kind: 'refund-abnormal', times: 1 })
  await page.setViewportSize({ width: 1366, height: 768 })
  await typed(on, page, 'pages-refund/original/original')
  await said(page, '选择要退的充值')
  await look(page, '177-wide-refund-original')
  await press(page, '确认退款')
  await said(page, '退款详情')
  await whenSettled(visitor, 'stopped')
  await said(page, '钱还在微信支付，没有丢')
  await page.setViewportSize({ width: 360, height: 640 })
  await look(page, '169-refund-abnormal')
})
