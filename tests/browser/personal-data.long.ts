import { MINUTE_MS } from '@zhangyi/core'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useBrowserStack } from '../setup/browser-stack.ts'
import { newAdult } from '../verification/verifying-phone.ts'
import { look } from './look.ts'
import {
  confirm,
  confirmFrom,
  openHome,
  patientVisitor,
  press,
  REMOTE,
  smsCode,
  storageOf,
  typed,
  verifyBy,
} from './patient-visitor.ts'

// Chapter （四） 3: name, number, phone and address unmasked, and their change, only for the verified person.

const on = useBrowserStack()
const PHONE = '13800000000'

const asked = (page: Page) => page.getByRole('button', { name: '确认，去验证身份' }).waitFor()

/** From the home page to the unmasked data. */
async function verified(...presses: readonly string[]) {
  const person = newAdult('330124')
  const visitor = await patientVisitor(on, { person })
  const { page } = visitor
  await openHome(on, page)
  await confirmFrom(page, '个人信息')
  await confirm(page)
  await verifyBy(page, ...presses)
  const inHis = () => on.stack.his.archivesOf(person)[0]
  return { ...visitor, id: visitor.patientIds[0] ?? '', person, inHis }
}

test('3: verified, the data are there unmasked, and a new phone number and address reach the HIS', async () => {
  const { page, person, inHis } = await verified(...REMOTE)
  await page.getByText(person.idNumber).waitFor()
  await page.getByText(PHONE).waitFor()
  await look(page, '84-personal-data')
  await press(page, '修改手机号')
  await page.getByLabel('新手机号码').fill('1390000')
  await press(page, '保存')
  await page.getByText('11 位').first().waitFor()
  await look(page, '85-personal-data-form')
  expect(inHis()?.phone).toBe(PHONE)
  await page.getByLabel('新手机号码').fill('13900004321')
  await press(page, '保存')
  await page.getByText('手机号已经改好').waitFor()
  expect(inHis()?.phone).toBe('13900004321')
  await press(page, '修改住址')
  await page.getByLabel('新的现住址').fill('拱墅区湖墅南路 8 号')
  await press(page, '保存')
  await page.getByText('住址已经改好').waitFor()
  expect(inHis()?.address).toBe('拱墅区湖墅南路 8 号')
  await look(page, '86-personal-data-changed')
  expect(await storageOf(page), 'nothing of it stays on the phone').not.toMatch(/1390000|湖墅|330124/)
  expect(on.stack.logLines.join('\n'), 'nor in a log').not.toMatch(/13900004321|湖墅/)
})

test('3: by a code to the phone the data are read only; verified in person, they can be changed', async () => {
  const { page, person } = await verified('放弃验证')
  await press(page, '用短信验证码')
  await on.stack.action('sms', 'clear', {})
  await press(page, '获取验证码')
  await page.getByText('验证码已发到').waitFor()
  await page.getByLabel('身份证号后四位').fill(person.idNumber.slice(-4))
  await page.getByLabel('短信验证码').fill(await smsCode(on, PHONE))
  await press(page, '确认查看')
  await page.getByText(person.idNumber).waitFor()
  await page.getByText('只能查看').waitFor()
  expect(await page.getByRole('button', { name: '修改手机号' }).count()).toBe(0)
  await look(page, '87-personal-data-read-only')
  await press(page, '验证本人后修改')
  await confirm(page)
  await verifyBy(page, ...REMOTE)
  await page.getByRole('button', { name: '修改手机号' }).waitFor()
})

test('3: the HIS refuses: said above the form, and what was typed stays', async () => {
  const { page, inHis } = await verified(...REMOTE)
  await press(page, '修改手机号')
  on.stack.his.faults.order({ kind: 'refused', operation: 'archives.update', times: 1 })
  await page.getByLabel('新手机号码').fill('13900004321')
  await press(page, '保存')
  await page.getByText('有问题：').waitFor()
  expect(await page.getByLabel('新手机号码').inputValue()).toBe('13900004321')
  expect(inHis()?.phone).toBe(PHONE)
  await look(page, '88-personal-data-refused')
})

test('3: the reply of the HIS is lost: the archive tells, and nothing is called a failure', async () => {
  const { page, inHis } = await verified(...REMOTE)
  await press(page, '修改手机号')
  on.stack.his.faults.order({ kind: 'reply-lost', operation: 'archives.update', times: 1 })
  await page.getByLabel('新手机号码').fill('13900004321')
  await press(page, '保存')
  await page
    .getByText(/医院正在处理您的修改|手机号已经改好|还没有看到这次修改/)
    .first()
    .waitFor()
  expect(await page.getByText('有问题：').count()).toBe(0)
  expect(inHis()?.phone).toBe('13900004321')
  await look(page, '89-personal-data-under-way')
})

test('elder mode: the data and the form in large letters', async () => {
  const { page, phone, patientIds } = await patientVisitor(on, { person: newAdult('330124') })
  await phone.verify(patientIds[0] ?? '', 'personal-data')
  await openHome(on, page)
  await press(page, '切换大字版')
  await press(page, '个人信息')
  await page.getByRole('button', { name: '修改手机号' }).waitFor()
  await look(page, '90-elder-personal-data')
  await press(page, '修改手机号')
  await page.getByLabel('新手机号码').waitFor()
  await look(page, '91-elder-personal-data-form')
})

test('a typed address, a time that is over while the form lies open, and another user’s patient show nothing', async () => {
  const { page, id, person, inHis } = await verified(...REMOTE)
  await page.getByText(person.idNumber).waitFor()
  await press(page, '修改手机号')
  await page.getByLabel('新手机号码').fill('13900004321')
  on.stack.sandbox.clock.advance(31 * MINUTE_MS)
  await press(page, '保存')
  await asked(page)
  expect(inHis()?.phone).toBe(PHONE)
  await typed(on, page, `pages/personal-data/show?patientId=${id}`)
  await asked(page)
  expect(await page.locator('body').innerText()).not.toMatch(new RegExp(`${person.idNumber}|${PHONE}`))
  const other = await patientVisitor(on, { person: newAdult('330124') })
  await openHome(on, other.page)
  await typed(on, other.page, `pages/personal-data/show?patientId=${id}`)
  await other.page.locator('footer button:visible').first().waitFor()
  expect(await other.page.locator('body').innerText()).not.toMatch(new RegExp(`${person.idNumber}|${PHONE}`))
})
