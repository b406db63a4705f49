import { checkCharacter, shanghaiDay } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { testHospital } from '../test-hospital.ts'
import { DEFAULT_AGE_BOUNDARIES, methodsFor } from './methods.ts'

const all = { ncidas: true, wechatPay: true }
const none = { ncidas: false, wechatPay: false }

test.each([
  [13, ['guardian'], ['guardian']],
  [14, ['guardian', 'family'], ['guardian', 'family']],
  [15, ['guardian', 'family'], ['guardian', 'family']],
  [
    16,
    ['face', 'remote', 'guardian', 'family'],
    ['face', 'remote', 'ncidas', 'wechatPay', 'guardian', 'family'],
  ],
  [17, ['face', 'remote'], ['face', 'remote', 'ncidas', 'wechatPay']],
  [60, ['face', 'remote', 'family'], ['face', 'remote', 'ncidas', 'wechatPay', 'family']],
  [61, ['face', 'family', 'remote'], ['face', 'family', 'remote']],
])('at %i years', (age, always, offered) => {
  expect(methodsFor(age, DEFAULT_AGE_BOUNDARIES, none)).toEqual(always)
  expect(methodsFor(age, DEFAULT_AGE_BOUNDARIES, all)).toEqual(offered)
})

test('the page counts full years by the sandbox clock, and the boundaries can be moved', async () => {
  const { login, action, startFlow, choose, open, clock } = testHospital()
  await login()
  const today = shanghaiDay(clock.nowMs())
  const first17 = `330102${Number(today.slice(0, 4)) - 14}${today.slice(5).replace('-', '')}121`
  const idNumber = first17 + checkCharacter(first17)
  const card = action('seed-card', { person: 'p-age', name: '周小满', idNumber })
  const shown = async (change: Record<string, unknown> = {}) => {
    const { flow } = await startFlow('p-age', undefined, change)
    const page = await open(`/open/verify?orderId=${await choose(flow, String(card['healthCardId']))}`)
    return [...page.body.matchAll(/method=(\w+)/g)].map((match) => match[1])
  }
  expect(await shown()).toEqual(['guardian', 'family'])
  clock.advance(-86_400_000)
  await login()
  expect(await shown()).toEqual(['guardian'])
  action('settings', { ageBoundaries: { guardianOnlyBelow: 10, adultFrom: 12, seniorAfter: 60 } })
  expect(await shown({ channelNum: 0 })).toEqual(['face', 'remote', 'wechatPay'])
  expect(await shown()).toEqual(['face', 'remote'])
})
