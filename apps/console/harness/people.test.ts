import { expect, test } from 'vitest'
import { choose } from './choose.ts'
import { useConsole } from './open-console.ts'

const open = useConsole()
const OPERATOR = { world: { role: 'operator' } } as const

test('a person is found without a trace in the address, seen in full for a reason, and masked again', async () => {
  const { page, world, url, problems } = await open('patients', OPERATOR)
  await page.getByText('本页 20 条').waitFor()
  await page.getByLabel('要找的内容').fill('330102199001012217')
  await page.getByRole('button', { name: '找人' }).click()
  await page.getByText('本页 1 条').waitFor()
  expect(world.bodies.at(-1)).toEqual({ hospital: 'main', by: 'idNumber', text: '330102199001012217' })
  await page.getByRole('button', { name: '详情' }).click()
  const details = page.getByRole('dialog', { name: '李*华' })
  await details.getByRole('button', { name: '看完整信息' }).click()
  const question = page.getByRole('dialog', { name: '看完整的姓名和号码' })
  expect(await question.getByRole('button', { name: '看完整信息' }).isDisabled()).toBe(true)
  await question.getByLabel('原因').fill('患者来电核对')
  await question.getByRole('button', { name: '看完整信息' }).click()
  await details.getByText('李明华').waitFor()
  expect(world.bodies.at(-1)).toEqual({ hospital: 'main', reason: '患者来电核对' })
  await details.getByRole('button', { name: '关闭' }).click()
  await page.getByRole('button', { name: '详情' }).click()
  await details.getByText('同一个人的其他绑定').waitFor()
  expect(await page.getByText('李明华').count()).toBe(0)
  await page.getByRole('button', { name: '清除' }).click()
  await page.getByText('本页 20 条').waitFor()
  expect([page.url(), ...world.asked].join(' ')).not.toMatch(/19900101/)
  expect(page.url().startsWith(`${url}patients?`)).toBe(true)
  // Another hospital begins without the search.
  await page.getByLabel('要找的内容').fill('李明华')
  await page.getByRole('button', { name: '找人' }).click()
  await page.getByText('本页 1 条').waitFor()
  await choose(page, page, '医院', '市第一人民医院东院')
  await page.getByText('本页 20 条').waitFor()
  expect(world.asked.at(-1)).toBe('GET /patients?hospital=east')
  expect(problems).toEqual([])
})

test('an archive is confirmed for a reason, and what went wrong stays in the dialog', async () => {
  const { page, world } = await open('enrolments/archives', OPERATOR)
  const row = page.getByRole('row', { name: '0086200117' })
  await row.getByRole('button', { name: '确认', exact: true }).click()
  const question = page.getByRole('dialog', { name: '确认档案 0086200117' })
  await question.getByText('请先看过证件原件').waitFor()
  await question.getByLabel('原因').fill('护照原件已核对')
  world.faults.set('POST /unconfirmed-archives/confirm', {
    ...{ status: 404, code: 'not-found', message: '这份档案已经不在待确认里，请刷新。' },
  })
  await question.getByRole('button', { name: '确认是本人的' }).click()
  await question.getByText('已经不在待确认里').waitFor()
  world.faults.clear()
  await question.getByRole('button', { name: '确认是本人的' }).click()
  await page.getByText('已确认：0086200117').waitFor()
  expect(world.bodies.at(-1)).toEqual({ hospital: 'main', patid: '0086200117', reason: '护照原件已核对' })
})

test('a live grant is voided for a reason, and then offers it no more', async () => {
  const { page, world } = await open('verifications/grants?state=live', OPERATOR)
  await page.getByRole('button', { name: '详情' }).first().click()
  const details = page.getByRole('dialog', { name: '授权：检验报告' })
  await details.getByRole('button', { name: '作废授权' }).click()
  const question = page.getByRole('dialog', { name: '作废授权：检验报告' })
  await question.getByLabel('原因').fill('本人来电说手机丢了')
  await question.getByRole('button', { name: '作废', exact: true }).click()
  await page.getByText('授权已作废').waitFor()
  await details.waitFor({ state: 'detached' })
  expect(world.bodies.at(-1)).toEqual({ hospital: 'main', reason: '本人来电说手机丢了' })
})

test('who only looks finds the list and no button that changes something or shows more', async () => {
  const { page, url } = await open('enrolments/archives', { world: { role: 'hospital' } })
  const row = page.getByRole('row', { name: '0086200117' })
  await row.getByText('等人工核对').waitFor()
  expect(await page.getByRole('button', { name: '确认', exact: true }).count()).toBe(0)
  await page.goto(`${url}patients`)
  await page.getByRole('button', { name: '详情' }).nth(1).click()
  await page.getByText('同一个人的其他绑定').waitFor()
  expect(await page.getByRole('button', { name: '看完整信息' }).count()).toBe(0)
})
