import { DAY_MS, hospitalId } from '@zhangyi/core'
import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../../../../tests/setup/test-database.ts'
import { AppError } from '../errors/catalogue.ts'
import { ORIGIN, openDoor } from '../operators/test-support/open-door.ts'
import { signInAs } from '../operators/test-support/sign-in-as.ts'
import { callbacksWork, KEPT_MS } from './callbacks-work.ts'
import { registerCallbacks } from './console/register-callbacks.ts'
import { type CallbackRecord, endCallback, recordCallback } from './record-callback.ts'
import { recordRefusal } from './record-refusal.ts'
import { withReturn } from './with-return.ts'

const FIRST = hospitalId('first')
const PAID: CallbackRecord = {
  ...{ receivedAtMs: 0, platform: 'wechat-pay', kind: 'TRANSACTION.SUCCESS', signature: 'good' },
  ...{
    number: 'ZY1',
    key: 'envelope-1',
    outcome: 'stored',
    facts: { tradeState: 'SUCCESS', totalFen: 1_200 },
  },
}

let rig: Awaited<ReturnType<typeof opened>>
beforeEach(async () => {
  rig = await opened()
})

async function opened() {
  const made = await testDatabase()
  const door = await openDoor(made)
  registerCallbacks(door.http, door.room)
  const desk = door.desk(await signInAs(door.room, { origin: ORIGIN, loginName: 'he', role: 'operator' }))
  const list = async (query = '') =>
    (await desk.ask('GET', `/callbacks?hospital=first${query}`)).body.callbacks
  const keep = (record: Partial<CallbackRecord>, hospital = FIRST) =>
    made.database.inTransaction(hospital, (tx) =>
      recordCallback(tx, { ...PAID, receivedAtMs: door.clock.nowMs(), ...record }),
    )
  return { ...made, door, desk, list, keep }
}

test('what came, newest first, and what it led to: handled, twice, of nobody, refused and why', async () => {
  const { keep, list, desk, database, door } = rig
  await keep({})
  await keep({ outcome: 'duplicate', key: 'envelope-2' })
  await keep({ number: 'ZY2', key: 'envelope-3' })
  await keep({ number: 'ZY1', key: 'x' }, hospitalId('second'))
  await database.inTransaction(FIRST, (tx) => {
    endCallback(tx, 'wechat-pay', 'envelope-1', 'handled')
    endCallback(tx, 'wechat-pay', 'envelope-3', 'foreign')
  })
  await recordRefusal(door.room, FIRST, {
    ...{ platform: 'weixin', kind: '', signature: 'bad', number: '', code: 'signature' },
  })
  expect((await list()).map(({ outcome }: { outcome: string }) => outcome)).toEqual([
    ...['refused', 'foreign', 'duplicate', 'handled'],
  ])
  expect(await list('&outcome=trouble')).toHaveLength(2)
  expect(await list('&platform=weixin')).toMatchObject([{ signature: 'bad', code: 'signature' }])
  const [, { id }] = await list('&number=ZY1')
  expect((await desk.ask('GET', `/callbacks/${id}?hospital=first`)).body).toMatchObject({
    ...{ number: 'ZY1', outcome: 'handled', facts: { tradeState: 'SUCCESS', totalFen: 1_200 } },
  })
  expect((await desk.ask('GET', `/callbacks/${id}?hospital=second`)).status).toBe(404)
  expect(await list('&from=2026-11-28&to=2026-11-28')).toHaveLength(4)
  expect(await list('&from=2026-11-29')).toEqual([])
  expect(await list('&to=2026-11-27')).toEqual([])
})

test('a return of the card platform is kept with what it led to, and never its code; what failed still fails', async () => {
  const { door, list } = rig
  const session = { hospitalId: FIRST }
  const about = { kind: 'health-code', number: 'flow_1' }
  expect(await withReturn(door.room, session, about, async () => 'done')).toBe('done')
  await expect(
    withReturn(door.room, session, about, () => Promise.reject(new AppError('code-refused'))),
  ).rejects.toThrow('one-use code')
  expect(await list()).toMatchObject([
    {
      platform: 'health-card',
      outcome: 'refused',
      code: 'code-refused',
      number: 'flow_1',
      signature: 'none',
    },
    { outcome: 'handled', code: '' },
  ])
})

test('a stranger who sends rubbish fills nothing, and what is old goes away', async () => {
  const { door, asOwner } = rig
  const count = async () => Number((await asOwner<{ n: string }>('SELECT count(*) AS n FROM callback'))[0]?.n)
  for (let n = 0; n < 50; n++)
    await recordRefusal(door.room, FIRST, {
      ...{
        platform: 'wechat-pay',
        kind: 'x'.repeat(10_000),
        signature: 'bad',
        number: '',
        code: 'signature',
      },
    })
  expect(await count()).toBe(30)
  door.clock.advance(KEPT_MS)
  await callbacksWork(door.room).runDue(door.clock, 100)
  expect(await count()).toBe(30)
  door.clock.advance(DAY_MS)
  await callbacksWork(door.room).runDue(door.clock, 100)
  expect(await count()).toBe(0)
})
