import { readFile } from 'node:fs/promises'
import { MINUTE_MS } from '@zhangyi/core'
import { KNOWN } from '@zhangyi/his'
import type { Page } from 'playwright-core'
import { extractText } from 'unpdf'
import { expect, test } from 'vitest'
import type { Purpose } from '../../apps/server/src/verification/index.ts'
import { useBrowserStack } from '../setup/browser-stack.ts'
import { newAdult } from '../verification/verifying-phone.ts'
import { look } from './look.ts'
import {
  confirm,
  GUARDIAN,
  openHome,
  type PatientVisitor,
  patientVisitor,
  press,
  REMOTE,
  typed,
  verifyBy,
} from './patient-visitor.ts'

// Chapter （五） 3 and 5 and （四） 4: what a grant opens, and that nothing opens without one.

const on = useBrowserStack()

const opened = (page: Page, name = '李*华') => page.getByText(`就诊人 ${name}`).waitFor()
const asked = (page: Page) => page.getByRole('button', { name: '确认，去验证身份' }).waitFor()
const listPath = (kind: string, patientId = '') => `pages/records/list?kind=${kind}&patientId=${patientId}`

/** 李明华 in a browser, verified for these purposes; the home page is open. */
async function verifiedLi(...purposes: readonly Purpose[]): Promise<PatientVisitor & { id: string }> {
  const visitor = await patientVisitor(on, { person: KNOWN.liMinghua })
  const id = visitor.patientIds[0] ?? ''
  for (const purpose of purposes) await visitor.phone.verify(id, purpose)
  await openHome(on, visitor.page)
  return { ...visitor, id }
}

/** What belongs to 李明华's reports and to no page that asks for a verification. */
async function expectNothingShown(page: Page): Promise<void> {
  expect(await page.locator('body').innerText()).not.toMatch(/白细胞|血红蛋白|血常规|偏高|偏低/)
}

test('a laboratory report: what is abnormal comes first, in words and colour, with its trend and a PDF', async () => {
  const { page, id } = await verifiedLi('lab-report')
  await typed(on, page, listPath('lab', id))
  await opened(page)
  await press(page, '血常规（五分类）')
  await page.getByText('项异常').waitFor()
  await page.getByText('↑').first().waitFor()
  await page.locator('.zy-tag--bad').filter({ hasText: '偏高' }).first().waitFor()
  await page.getByRole('img', { name: /白细胞.*趋势图，共 \d+ 次/ }).waitFor()
  const advice = await page.locator('main').innerText()
  expect(advice).toContain('是否需要处理，请听医生的')
  expect(advice, 'a reviewed table explains, nothing diagnoses').toMatch(
    /指标说明 .+ 版，只帮助理解，不是诊断/,
  )
  await look(page, '62-lab-detail')
  await press(page, '只看异常')
  await expect.poll(() => page.locator('.zy-tag--ok').count()).toBe(0)
  await press(page, '看全部指标')

  await page.getByRole('button', { name: /看历次数值 白细胞/ }).click()
  await page.getByText('历次结果').waitFor()
  expect(await page.locator('table tr').count()).toBeGreaterThan(5)
  await look(page, '63-trend')
  await press(page, '返回报告')

  const download = page.waitForEvent('download')
  await press(page, '下载 PDF')
  const file = await readFile(await (await download).path())
  const { text } = await extractText(new Uint8Array(file), { mergePages: true })
  expect(file.subarray(0, 5).toString()).toBe('%PDF-')
  expect(text).toMatch(/血常规/)
  expect((await download).suggestedFilename()).not.toMatch(/李|330102/)
  expect(page.url(), 'the report is still there').toContain('record/detail')
  // The page lies in a subpackage: its address was unknown to the server once.
  await page.reload()
  await page.getByText('项异常').waitFor()
})

test.each<[Purpose, string, string, RegExp]>([
  ['examination-report', 'examination', '肝胆胰脾', /检查所见|诊断|印象|提示/],
  ['check-up-report', 'check-up', '体检', /超重/],
  ['inpatient-list', 'inpatient-day', '清单', /合计\s*¥[\d,.]+/],
  ['prescription', 'prescription', '处方', /用法：/],
  ['diagnosis', 'diagnosis', '诊断', /诊断/],
])('（四）4 %s: list and detail', async (purpose, kind, words, inside) => {
  const { page, id } = await verifiedLi(purpose)
  await typed(on, page, listPath(kind, id))
  await opened(page)
  await look(page, `64-${kind}-list`)
  await page.locator('.zy-tap--row').filter({ hasText: words }).first().click()
  await page.getByRole('button', { name: '下载 PDF' }).waitFor()
  expect(await page.locator('main').innerText()).toMatch(inside)
  await look(page, `65-${kind}-detail`)
})

test('ranges and kinds of examination are picked; a range without reports says what to do', async () => {
  const { page, id } = await verifiedLi('examination-report', 'check-up-report')
  await typed(on, page, listPath('examination', id))
  await opened(page)
  const rows = () => page.locator('main .zy-tap--row').count()
  const year = await rows()
  await press(page, '近三年')
  await expect.poll(rows).toBeGreaterThan(year)
  await page.getByRole('button', { name: '病理', exact: true }).click()
  await expect.poll(rows).toBe(1)
  await typed(on, page, listPath('check-up', id))
  await opened(page)
  await press(page, '近三个月')
  await page.getByText('近三个月').first().waitFor()
  await look(page, '66-list-range')
})

test('the HIS is down: said, with a way on; then the list is there', async () => {
  const { page, id } = await verifiedLi('lab-report')
  on.stack.his.faults.order({ kind: 'unavailable', operation: 'reports.list' })
  await typed(on, page, listPath('lab', id))
  await page.getByText('检验报告没有加载出来').waitFor()
  await look(page, '67-list-his-down')
  await on.stack.clearFaults()
  await press(page, '再试一次')
  await opened(page)
})

test('5: another patient needs a verification of their own, and the list of the former one is closed', async () => {
  const visitor = await patientVisitor(
    on,
    { person: KNOWN.liMinghua },
    { person: KNOWN.liXiaobao, relation: '子女', by: GUARDIAN },
  )
  const { page, phone, patientIds } = visitor
  const [father = ''] = patientIds
  await phone.verify(father, 'lab-report')
  await openHome(on, page)
  await typed(on, page, listPath('lab', father))
  await opened(page)
  await press(page, '换一位就诊人')
  await page.getByText('李*宝').waitFor()
  await look(page, '68-switch-patient')
  await press(page, '李*宝')
  await confirm(page)
  await verifyBy(page, ...GUARDIAN)
  await opened(page, '李*宝')
  await typed(on, page, listPath('lab', father))
  await asked(page)
  await expectNothingShown(page)
})

test('a link typed without a verification leads to the confirm page and shows nothing', async () => {
  const { page, phone, id } = await verifiedLi('lab-report')
  const { body } = await phone.api<{ records: { key: string }[] }>('GET', `/records/lab?patientId=${id}`)
  const key = encodeURIComponent(body.records[0]?.key ?? '')
  const report = `pages-card/record/detail?kind=lab&patientId=${id}&key=${key}`
  // Another user with the very address.
  const other = await patientVisitor(on, { person: newAdult('330122') })
  await openHome(on, other.page)
  for (const path of [report, listPath('lab', id)]) {
    await typed(on, other.page, path)
    await other.page.locator('footer button:visible').first().waitFor()
    await expectNothingShown(other.page)
  }
  // The same user with a grant of another purpose.
  await typed(on, page, `pages-card/record/detail?kind=diagnosis&patientId=${id}&key=${key}`)
  await page.locator('footer button:visible').first().waitFor()
  await expectNothingShown(page)
  // Nobody's key.
  await typed(on, page, `pages-card/record/detail?kind=lab&patientId=${id}&key=made-up`)
  await page.getByText('没有找到这份报告').waitFor()
  await look(page, '69-record-not-found')
  // A trend and a list without any grant.
  for (const path of [
    `pages/records/trend?kind=check-up&patientId=${id}&indicator=x`,
    listPath('diagnosis', id),
  ]) {
    await typed(on, page, path)
    await asked(page)
    await expectNothingShown(page)
  }
})

test('elder mode: list, report and trend in large letters', async () => {
  const { page, id } = await verifiedLi('lab-report', 'inpatient-list')
  await press(page, '切换大字版')
  await typed(on, page, listPath('lab', id))
  await opened(page)
  await look(page, '71-elder-list')
  await press(page, '血常规（五分类）')
  await page
    .getByRole('img', { name: /趋势图/ })
    .first()
    .waitFor()
  await look(page, '72-elder-detail')
  await press(page, '看历次数值')
  await page.getByText('历次结果').waitFor()
  await look(page, '73-elder-trend')
  await typed(on, page, listPath('inpatient-day', id))
  await opened(page)
  await page.locator('.zy-tap--row').filter({ hasText: '清单' }).first().click()
  await page.getByText('合计', { exact: true }).waitFor()
  await look(page, '74-elder-inpatient-day')
})

test('after thirty-one minutes the report on the screen and its link are closed; verified again, they open', async () => {
  const { page, id } = await verifiedLi('lab-report')
  await typed(on, page, listPath('lab', id))
  await opened(page)
  await press(page, '血常规（五分类）')
  await page.getByText('项异常').waitFor()
  on.stack.sandbox.clock.advance(31 * MINUTE_MS)
  await press(page, '下载 PDF')
  await asked(page)
  await expectNothingShown(page)
  await page.goBack()
  await page.locator('footer button:visible, main button:visible').first().waitFor()
  await typed(on, page, listPath('lab', id))
  await asked(page)
  await expectNothingShown(page)
  await confirm(page)
  await verifyBy(page, ...REMOTE)
  await opened(page)
})

test('a phone’s own clock closes the report that lies open on the screen', async () => {
  const { page, id } = await verifiedLi('lab-report')
  await page.clock.install({ time: on.stack.sandbox.clock.nowMs() })
  await typed(on, page, listPath('lab', id))
  await opened(page)
  await page.clock.fastForward(31 * MINUTE_MS)
  await page.getByText('查看时间到了').waitFor()
  await expectNothingShown(page)
  await look(page, '70-list-lapsed')
})
