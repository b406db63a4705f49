import { expect, test } from 'vitest'
import { testDatabase } from '../../../../../tests/setup/test-database.ts'
import { type HomePart, registerHome } from './home.ts'
import { ORIGIN, openDoor } from './test-support/open-door.ts'
import { signInAs } from './test-support/sign-in-as.ts'

const said = { numbers: [], days: [] }
const refunds: HomePart = {
  permission: 'refunds.read',
  read: async () => ({
    ...said,
    todo: [
      { tone: 'warn', text: '等审核', count: 2, path: '/console/refunds?tab=offline' },
      { tone: 'bad', text: '单边订单', count: 4, path: '/console/refunds?tab=todo' },
    ],
    notices: [{ tone: 'warn', text: '余额不多' }],
  }),
}
const usage: HomePart = {
  permission: 'usage.work',
  read: async (_tx, { days, hospital }) => ({
    ...{ ...said, todo: [{ tone: 'info', text: '没有页', count: 1 }] },
    notices: [{ tone: 'bad', text: `${hospital.id} ${days.length} 天` }],
  }),
}

test('each page of the menu with how much of it needs a person, and what everybody should know: the worst first, to who may see it', async () => {
  const door = await openDoor(await testDatabase())
  registerHome(door.http, door.room, [refunds, usage])
  const attention = async (role: 'operator' | 'finance' | 'system') => {
    const cookie = await signInAs(door.room, { origin: ORIGIN, loginName: role, role })
    return (await door.desk(cookie).ask('GET', '/attention?hospital=second')).body
  }
  expect(await attention('operator')).toEqual({
    pages: [{ path: '/console/refunds', tone: 'bad', count: 6 }],
    notices: [
      { tone: 'bad', text: 'second 1 天' },
      { tone: 'warn', text: '余额不多' },
    ],
  })
  expect((await attention('finance')).notices).toEqual([{ tone: 'warn', text: '余额不多' }])
  expect(await attention('system')).toEqual({ pages: [], notices: [] })
})
