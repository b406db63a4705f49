import { DAY_MS, fen, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRefunds, type RefundsRig } from './refunds-rig.ts'

const LOW_FEN = 20_000

let rig: RefundsRig
beforeAll(async () => {
  rig = await openRefunds({ hospital: { refunds: { lowFundsFen: LOW_FEN } } })
})
afterAll(() => rig.close())

const setBalance = async (amountFen: number) => {
  await rig.pay('set-balance', { account: 'OPERATION', amountFen })
  // What was read of the account a moment ago is not read again.
  rig.clock.advance(MINUTE_MS)
}
const alarms = async () => {
  const operator = await rig.operator()
  const { body } = await operator.ask<{ alarms: object[] }>('GET', '/alarms')
  return body.alarms
}
const logged = (text: string) => rig.logLines.filter((line) => line.includes(text)).length
/** How often each of these applications was told that there are funds. */
const told = async (caseIds: readonly string[]) => {
  const rows = await rig.asOwner<{ journey: string; count: number }>(
    `SELECT journey, count(*)::int AS count FROM notice WHERE kind = 'funded' GROUP BY journey`,
  )
  return caseIds.map((id) => rows.find(({ journey }) => journey === id)?.count ?? 0)
}
const turnedAway = async (balanceFen: number) => {
  const user = await rig.signIn()
  const applied = await user.refundByFace(await rig.newPatient({ balanceFen }))
  expect(applied.body.legs).toMatchObject([{ phase: 'not-enough' }])
  rig.clock.advance(MINUTE_MS)
  return { user, id: applied.body.id }
}

test('an account that is low is told once, until it is over, and an operator can say that he has it in hand', async () => {
  await setBalance(LOW_FEN - 1)
  await rig.run()
  await rig.pass(HOUR_MS, 10 * MINUTE_MS)
  expect(logged('the operation account is low')).toBe(1)
  expect(await alarms()).toMatchObject([
    { kind: 'low-funds', availableFen: LOW_FEN - 1, neededFen: LOW_FEN, seenBy: null },
  ])
  const operator = await rig.operator('wang-03')
  expect((await operator.ask('POST', '/alarms/low-funds/seen', {})).body).toEqual({ state: 'noted' })
  await rig.run()
  expect(await alarms()).toMatchObject([{ seenBy: 'wang-03' }])
  await setBalance(LOW_FEN)
  await rig.run()
  expect(await alarms()).toEqual([])
  expect(logged('is not low any more')).toBe(1)
})

test('what a day needs: the middling sum of the last seven days, and what was turned away', async () => {
  await setBalance(100_000)
  const today = Date.parse('2026-11-23T00:00:00+08:00')
  const days = [30_000, 50_000, 90_000, 10_000, 40_000]
  for (const [index, sum] of days.entries())
    await rig.asOwner(`INSERT INTO balance_refund VALUES
      ('demo', 'leg_d${index}', 'p', ${sum}, 'transfer', ${today - index * DAY_MS - HOUR_MS}),
      ('demo', 'leg_o${index}', 'p', 999999, 'original', ${today - index * DAY_MS - HOUR_MS})`)
  await setBalance(20_000)
  await turnedAway(25_000)
  await rig.run()
  // 0, 0, 10,000, 30,000, 40,000, 50,000, 90,000; and 25,000.
  expect(await alarms()).toMatchObject([{ availableFen: 20_000, neededFen: 55_000 }])
  await rig.asOwner('DELETE FROM balance_refund')
  await rig.pass(DAY_MS, 6 * HOUR_MS)
})

test('who was turned away is told, the longest waiting first, as many as the money suffices for, once each time', async () => {
  await setBalance(100)
  const all = [await turnedAway(6_000), await turnedAway(9_000), await turnedAway(3_000)]
  const ids = all.map(({ id }) => id)
  await rig.run()
  expect(await told(ids)).toEqual([0, 0, 0])
  // Equal counts as not enough, also for several together.
  await setBalance(9_000)
  await rig.run()
  expect(await told(ids)).toEqual([1, 0, 0])
  await setBalance(9_001)
  await rig.pass(HOUR_MS, 20 * MINUTE_MS)
  expect(await told(ids)).toEqual([1, 0, 1])
  // Somebody else was quicker with the money: turned away anew, and told anew.
  await setBalance(100)
  const [first] = all
  expect((await first?.user.retry(first.id))?.body.legs).toMatchObject([{ phase: 'not-enough' }])
  await setBalance(50_000)
  await Promise.all([rig.run(), rig.run()])
  expect(await told(ids)).toEqual([2, 1, 1])
  expect((await first?.user.retry(first.id))?.body.legs).toMatchObject([{ phase: 'to-receive' }])
  await rig.pass(DAY_MS, 6 * HOUR_MS)
  expect(await told(ids)).toEqual([2, 1, 1])
})

test('after WeChat refused, only news of money calls anybody, never that time passed; and nobody while payouts are stopped', async () => {
  const operator = await rig.operator()
  await rig.pay('settings', { balanceApi: false })
  await operator.ask('POST', '/funds/balance', { balanceFen: 900_000 })
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 10 })
  const { id } = await turnedAway(6_000)
  await rig.pass(HOUR_MS, 20 * MINUTE_MS)
  expect(await told([id])).toEqual([0])
  await operator.ask('POST', '/stop', { stopped: true, reason: '对账有差异' })
  await operator.ask('POST', '/funds/top-up', { amountFen: fen(50_000) })
  await rig.run()
  expect(await told([id])).toEqual([0])
  await operator.ask('POST', '/stop', { stopped: false, reason: '已经查清' })
  await rig.run()
  expect(await told([id])).toEqual([1])
})
