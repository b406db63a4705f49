import { expect, test } from 'vitest'
import { choose } from './choose.ts'
import { useConsole } from './open-console.ts'

const open = useConsole()

test('what needs a person is found, says what to do, is asked after once more and marked as done, for a reason', async () => {
  const { page, world, problems } = await open('visits', { world: { role: 'operator' } })
  await page.getByText('消化内科 陈建华').first().waitFor()
  await choose(page, page, '状态', '要人处理的')
  await page.getByText('本页 3 条').waitFor()
  await page.getByRole('row').filter({ hasText: '结果不明' }).getByRole('button', { name: '详情' }).click()
  const drawer = page.getByRole('dialog', { name: '检验费' })
  await drawer.getByText('不会重做，也不会先退款').waitFor()
  await drawer.getByRole('button', { name: '再查询一次' }).click()
  const dialog = page.getByRole('dialog', { name: '再查询一次结果' })
  await dialog.getByText('只查询：不会再下单').waitFor()
  expect(await dialog.getByRole('button', { name: '查询' }).isDisabled()).toBe(true)
  await dialog.getByLabel('原因').fill('患者在窗口等')
  await dialog.getByRole('button', { name: '查询' }).click()
  await page.getByText('已查询，现在是：已办成').waitFor()
  await drawer.getByText('HIS 已登记').waitFor()
  expect(world.bodies.at(-1)).toEqual({ hospital: 'main', reason: '患者在窗口等' })

  await drawer.getByRole('button', { name: '关闭' }).click()
  await page.getByRole('row').filter({ hasText: '付款不符' }).getByRole('button', { name: '详情' }).click()
  await page.getByRole('button', { name: '标记为已处理' }).click()
  const done = page.getByRole('dialog', { name: '标记为已处理' })
  await done.getByLabel('原因').fill('已线下退给患者')
  await done.getByRole('button', { name: '标记为已处理' }).click()
  await page.getByText('已标记，不再列为要人处理的').waitFor()
  await page.getByText('本页 1 条').waitFor()
  expect(world.bodies.at(-1)).toEqual({
    ...{ hospital: 'main', problem: 'mismatch: amount', reason: '已线下退给患者' },
  })
  expect(problems).toEqual([])
})

test('who only looks on sees the way of an order and no button', async () => {
  const { page } = await open('visits?state=trouble', { world: { role: 'hospital' } })
  await page.getByRole('button', { name: '详情' }).first().click()
  await page.getByText('请 HIS 登记').waitFor()
  expect(await page.getByRole('button', { name: '再查询一次' }).count()).toBe(0)
})
