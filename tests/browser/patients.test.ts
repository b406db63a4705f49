import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { home, newVisitor, visit } from '../setup/browser.ts'
import { useBrowserStack } from '../setup/browser-stack.ts'
import { Api } from './api.ts'
import { look } from './look.ts'

const on = useBrowserStack()

interface Patient {
  readonly id: string
  readonly isDefault: boolean
  readonly relation: string
}

async function patientsOf(page: Page): Promise<readonly Patient[]> {
  const response = await page.request.get(`${on.stack.server.origin}/api/v1/me`)
  return ((await response.json()) as { patients: Patient[] }).patients
}

const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click()

test('several patients: one default, the relation is kept, unlinking asks first; consent can be withdrawn', async () => {
  const { page, context } = await newVisitor(on.browser)
  await visit(page, home(on.stack))
  await page.getByRole('button', { name: '领取电子健康卡' }).waitFor()
  const api = new Api(on.stack, { person: 'patients', context, page })
  await api.post('/consent', { version: '2026-11' })
  for (let count = 0; count < 2; count++) await api.visitCard(await api.start())
  const [, second] = await patientsOf(page)

  await visit(page, `${on.stack.server.origin}/h5/pages/patients/list`)
  await page.getByText('已有 2 位，最多 5 位').waitFor()
  await look(page, '30-patients')
  await page.locator('.zy-tap--row').nth(1).click()
  await press(page, '设为默认就诊人')
  await page.getByText('已设为默认就诊人').waitFor()
  expect((await patientsOf(page)).find(({ isDefault }) => isDefault)?.id).toBe(second?.id)
  await look(page, '31-patient')
  await page.getByLabel('与我的关系').selectOption({ label: '父母' })
  await page.getByText('关系已保存').waitFor()
  expect((await patientsOf(page))[0]).toMatchObject({ id: second?.id, relation: '父母' })
  await press(page, '解绑这位就诊人')
  await page.getByText('确认解绑').first().waitFor()
  await look(page, '32-unlink')
  await press(page, '确认解绑')
  await expect.poll(() => patientsOf(page), { timeout: 30_000 }).toMatchObject([{ isDefault: true }])

  await visit(page, `${on.stack.server.origin}/h5/pages/patients/list`)
  await press(page, '个人信息授权')
  await press(page, '撤回同意')
  await page.getByText('确认撤回同意？').waitFor()
  await look(page, '33-withdraw')
  await press(page, '确认撤回')
  await expect
    .poll(
      async () =>
        (await (await page.request.get(`${on.stack.server.origin}/api/v1/me`)).json()).consent.accepted,
    )
    .toBe(false)
})
