import { expect, test } from 'vitest'
import type { Session } from '../session/session-api.ts'
import { paletteEntries } from './palette-entries.ts'

const SESSION: Session = {
  stage: 'ready',
  account: { loginName: 'wang', displayName: '王敏', role: 'operator', roleName: '运营' },
  hospitals: [],
  permissions: ['calls.read'],
  menu: [
    { group: '', items: [{ path: '/console/', name: '首页' }] },
    { group: '用卡数据', items: [{ path: '/console/usage', name: '上报与完整性' }] },
  ],
  idleMinutes: 30,
}
const paths = (text: string) => paletteEntries(SESSION, text).map(({ path }) => path)

test('without a text the pages of the menu', () => {
  expect(paths(' ')).toEqual(['/console/', '/console/usage'])
})

test('a trace number goes to the calls under it, in capital letters', () => {
  expect(paths('zy-7f3k-29qx')).toEqual(['/calls?number=ZY-7F3K-29QX'])
})

test('another number is looked for where the account may look', () => {
  expect(paths('R8K2 ')).toEqual(['/calls?number=R8K2'])
  const all = paletteEntries({ ...SESSION, permissions: ['calls.read', 'audit.read'] }, 'R8K2')
  expect(all.map(({ path }) => path)).toEqual(['/calls?number=R8K2', '/audit?subject=R8K2'])
  const finance = paletteEntries({ ...SESSION, permissions: ['refunds.read', 'visits.read'] }, 'R8K2')
  expect(finance.map(({ path }) => path)).toEqual(['/refunds?list=all&number=R8K2', '/visits?number=R8K2'])
})

test('a word finds its page', () => {
  expect(paths('完整')).toEqual(['/calls?number=%E5%AE%8C%E6%95%B4', '/console/usage'])
})
