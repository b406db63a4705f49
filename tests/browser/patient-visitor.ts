import type { BrowserContext, Page } from 'playwright-core'
import { home, newVisitor, visit } from '../setup/browser.ts'
import type { useBrowserStack } from '../setup/browser-stack.ts'
import { VerifyingPhone } from '../verification/verifying-phone.ts'

export type On = ReturnType<typeof useBrowserStack>
type Named = { readonly name: string; readonly idNumber: string }
export interface Linked {
  readonly person: Named
  readonly relation?: string
  /** What is pressed on the platform's page when the card is linked. */
  readonly by?: readonly string[]
}

/** A browser whose WeChat user has patients already, each linked with a verified health card. */
export interface PatientVisitor {
  readonly page: Page
  readonly context: BrowserContext
  /** The same WeChat user past the pages: for what is prepared, and for what somebody types into an address. */
  readonly phone: VerifyingPhone
  readonly patientIds: readonly string[]
}

export async function patientVisitor(on: On, ...linked: readonly Linked[]): Promise<PatientVisitor> {
  const phone = await new VerifyingPhone(on.stack).signIn()
  const patientIds: string[] = []
  for (const { person, relation, by } of linked)
    patientIds.push(await phone.link({ name: person.name, idNumber: person.idNumber }, relation, by))
  const { page, context } = await newVisitor(on.browser, { person: phone.person })
  return { page, context, phone, patientIds }
}

export async function openHome(on: On, page: Page): Promise<void> {
  await visit(page, home(on.stack))
  await page.getByRole('button', { name: '打电话问医院' }).waitFor()
}

/** An address of our app, typed. */
export const typed = (on: On, page: Page, path: string) => visit(page, `${on.stack.server.origin}/h5/${path}`)

/** Presses the first button with these words; also of the platform, where methods are links. */
export async function press(page: Page, words: string): Promise<void> {
  await page
    .locator('button:visible, a.button:visible, a.link:visible')
    .filter({ hasText: words })
    .first()
    .click()
}

/** From the home page to where the verification begins: the default patient is shown and confirmed. */
export async function confirmFrom(page: Page, ...words: readonly string[]): Promise<void> {
  for (const one of words) await press(page, one)
  await page.getByRole('button', { name: '确认，去验证身份' }).waitFor()
}

export async function confirm(page: Page): Promise<void> {
  await press(page, '确认，去验证身份')
  await page.getByText('请选择一种验证方式').waitFor()
}

/** On the platform's page. */
export async function verifyBy(page: Page, ...words: readonly string[]): Promise<void> {
  for (const one of words) await press(page, one)
}
export const REMOTE = ['远程授权认证', '模拟：验证通过'] as const
export const GUARDIAN = ['监护人认证', '模拟：验证通过'] as const
export const FAMILY = ['家人代验证', '模拟：验证通过'] as const
export const FACE = ['人脸识别', '模拟：本人，通过'] as const

/** All that lies in the page's storage. */
export const storageOf = (page: Page) =>
  page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))

/** The code in the newest message to this phone. */
export async function smsCode(on: On, phone: string): Promise<string> {
  const messages = await on.stack.action<{ text: string }[]>('sms', 'messages', { phone })
  const code = /验证码 (\d{6})/.exec(messages[0]?.text ?? '')?.[1]
  if (code === undefined) throw new Error('no message with a code')
  return code
}

/** How often the gateway asked the platform for this. */
export function platformCalls(on: On, operation: string): number {
  const calls = on.stack.sandbox.simulators['health-card']?.calls ?? []
  return calls.filter((call) => call.operation === operation).length
}

/** Links a patient by a visit card alone, as somebody does who has no resident ID card or gave the platform up. */
export async function linkVisitCard(
  phone: VerifyingPhone,
  person: Named & { readonly idType?: string },
): Promise<string> {
  const flow = await phone.start()
  const { name, idNumber, idType = '01' } = person
  const { body } = await phone.api<{ patient?: { id: string } }>(
    'POST',
    `/enrolments/${flow.id}/visit-card`,
    {
      ...{ name, idNumber, idType, gender: '男', birthday: '1985-06-30', nation: '汉族' },
      ...{ phone: '13955556666', address: '文三路 9 号', relation: '本人' },
    },
  )
  if (body.patient === undefined) throw new Error(`no visit card: ${JSON.stringify(body)}`)
  return body.patient.id
}
