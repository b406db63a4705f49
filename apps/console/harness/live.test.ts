import { expect, test } from 'vitest'
import { useConsole } from './open-console.ts'

const open = useConsole()

test('what changed elsewhere comes to the page by itself, and only what it shows is asked for again', async () => {
  const { page, world, problems } = await open('accounts', { world: { live: {} } })
  const row = page.getByRole('row', { name: '孙倩' })
  await row.getByText('待批准').waitFor()
  const waiting = world.accounts.find(({ displayName }) => displayName === '孙倩')
  if (waiting) waiting.state = 'active'
  world.notices.push({ tone: 'bad', text: '总开关已关：现在不付任何退款', path: '/console/refunds' })
  world.asked.length = 0
  world.live?.tell?.('refunds')
  await page.getByText('总开关已关').waitFor()
  expect(world.asked.filter((asked) => asked.startsWith('GET /accounts'))).toEqual([])
  world.live?.tell?.('accounts')
  await row.getByText('正常').waitFor()
  expect(problems).toEqual([])
})

test('the menu says how much of each page needs a person', async () => {
  const { page } = await open('', { world: { role: 'finance' } })
  await page.getByRole('link', { name: /^退款\s*6\s*件要处理/ }).waitFor()
})
