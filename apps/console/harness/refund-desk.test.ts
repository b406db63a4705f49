import { expect, test } from 'vitest'
import { choose } from './choose.ts'
import { fakeApplicationId } from './fake/offline.ts'
import { useConsole } from './open-console.ts'

const open = useConsole()
const FINANCE = { world: { role: 'finance' } } as const

test('an application on paper: looked at with its documents, and paid out on the archive that was chosen', async () => {
  const { page, world, problems } = await open(`offline?state=approved&open=${fakeApplicationId(6)}`, FINANCE)
  await page.getByRole('button', { name: '申请人的身份证件' }).click()
  const picture = page.getByRole('img', { name: '申请人的身份证件' })
  await picture.waitFor()
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320)
  await page.getByRole('button', { name: '下一份' }).click()
  await page.getByRole('button', { name: '下一份' }).click()
  const pdf = page.locator('iframe')
  await pdf.waitFor()
  expect(await pdf.getAttribute('src')).toMatch(/^blob:/)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: '下载' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^患者签字的授权委托书-.+\.pdf$/)
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: '看完整信息' }).click()
  await page.getByLabel('原因').fill('核对授权委托书')
  await page.getByRole('button', { name: '显示', exact: true }).click()
  await page.getByText('330102199001012210').waitFor()

  await page.getByRole('button', { name: '登记付款' }).click()
  await page.getByLabel('收据号').fill('SK-1')
  await page.getByRole('button', { name: '登记已付款' }).click()
  await page.getByText('请选择付的是哪一份档案').waitFor()
  await choose(page, page, '台账档案', '院内ID P0044107 · 未清 88.00 元')
  await page.getByRole('button', { name: '登记已付款' }).click()
  await page.getByText('已登记付款').first().waitFor()
  expect(world.bodies.at(-1)).toEqual({
    ...{ hospital: 'main', how: 'window', voucher: 'SK-1', patid: 'P0044107' },
  })
  // What was opened for a reason is masked again, and stood in no address.
  expect(await page.getByText('330102199001012210').count()).toBe(0)
  expect(world.asked.join('\n')).not.toContain('330102')
  expect(problems).toEqual([])
})

test('on a phone what is asked about an open application comes above it', async () => {
  const { page, world } = await open(`offline?state=submitted&open=${fakeApplicationId(0)}`, {
    ...{ ...FINANCE, viewport: { width: 390, height: 844 } },
  })
  await page.getByRole('button', { name: '开始审核' }).click()
  await page.getByText('申请人在审核期间不能再换材料').waitFor()
  await page.getByRole('button', { name: '开始审核' }).last().click()
  await page.getByText('已开始审核').waitFor()
  expect(world.asked.filter((one) => /^POST .*\/take$/.test(one))).toHaveLength(1)
})

test('the ledger: a file is refused line by line, then taken; a patient is found and stands in no address', async () => {
  const { page, world, problems } = await open('ledger/imports', FINANCE)
  const give = (name: string, text: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text, 'latin1') })
  const go = async () => {
    await page.locator('form').getByRole('button', { name: '导入', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: '导入', exact: true }).click()
  }
  await give('台账.xlsx', 'PK\u0003\u0004')
  await page.getByText('这是 Excel 工作簿').waitFor()
  await give('台账.csv', 'heading\nP1,,,,,x,\nP1,,,,,1,\n')
  await go()
  await page
    .getByRole('row', { name: /第 2 行/ })
    .getByText('余额写成元')
    .waitFor()
  await give('台账.csv', 'heading\nP1,,,,,1,\nP2,,,,,2,\n')
  await go()
  await page.getByText('2 份档案，共 108.00 元：新增 2').waitFor()

  await page.getByRole('link', { name: '档案', exact: true }).click()
  await page.getByLabel('号码', { exact: true }).fill('330102199001012210')
  await page.getByRole('button', { name: '找患者' }).click()
  await page.getByText('本页 6 条').waitFor()
  expect(world.bodies.at(-1)).toMatchObject({ filter: { idNumber: '330102199001012210' } })
  await page.getByRole('button', { name: '详情' }).first().click()
  await page.getByRole('heading', { name: '经过' }).waitFor()
  expect([page.url(), ...world.asked].join('\n')).not.toContain('330102199001012210')
  await page.getByRole('button', { name: '看全部' }).click()
  await page.getByText('本页 50 条').waitFor()
  expect(problems).toEqual([])
})

test('a campaign: counted before it is made, started with what it will do, and who cannot be reached taken for a reason', async () => {
  const { page, world, problems } = await open('campaigns', FINANCE)
  await page.getByRole('button', { name: '新建通知' }).click()
  await page.getByLabel('名称').fill('第四季度清理')
  await page.getByRole('button', { name: '看看会通知谁' }).click()
  await page.getByText('18,402 人有实名绑定的微信').waitFor()
  await page.getByRole('button', { name: '建立，先不发送' }).click()
  await page.getByText('名单在后台从台账里整理').waitFor()
  expect(await page.getByRole('button', { name: '开始发送' }).isDisabled()).toBe(true)
  expect(world.bodies.at(-1)).toEqual({ hospital: 'main', name: '第四季度清理', minFen: 100, again: false })

  await page
    .getByRole('row', { name: /第二批/ })
    .getByRole('button', { name: '详情' })
    .click()
  await page.getByRole('button', { name: '继续发送' }).click()
  await page.getByText('每天 08:00–21:00，每分钟最多 60 人。发出的收不回来').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: '继续发送' }).last().click()
  await page.getByText('已继续发送').waitFor()
  expect(world.asked).toContain('POST /refunds/campaigns/camp_2/run')
  expect(problems).toEqual([])
})
