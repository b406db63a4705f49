import { hospitalId } from '@zhangyi/core'
import { ENDPOINTS as HEALTH_CARD } from '@zhangyi/health-card'
import { ALL_OPERATIONS, HisError } from '@zhangyi/his'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import {
  isChangingEndpoint,
  ENDPOINTS as WECHAT_PAY,
} from '../../../../../../packages/wechat-pay/src/endpoints.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../../tests/setup/test-database.ts'
import { ORIGIN, openDoor } from '../../operators/test-support/open-door.ts'
import { signInAs } from '../../operators/test-support/sign-in-as.ts'
import { listCalls } from '../console/list-calls.ts'
import { registerCalls } from '../console/register-calls.ts'
import { recordCall } from '../record-call.ts'
import { REQUERIES } from './queries.ts'

/** Of api.weixin.qq.com and of the SMS gateway: named where they are called. */
const OTHERS = [
  ...['jscode2session', 'oauth2', 'stable_token', 'queryVerifyInfo', 'getVerifyId', 'sendChannelMessage'],
  ...['sendTemplateMessage', 'sendSubscribeMessage'],
]
const EVERY: readonly (readonly [platform: string, operation: string])[] = [
  ...Object.keys(WECHAT_PAY).map((name) => ['wechat-pay', name] as const),
  ...ALL_OPERATIONS.map(([name]) => ['his', name] as const),
  ...Object.keys(HEALTH_CARD).map((name) => ['health-card', name] as const),
  ...OTHERS.map((name) => ['weixin', name] as const),
  ...['send', 'sendSms'].map((name) => ['sms', name] as const),
]

let database: TestDatabase
let door: Awaited<ReturnType<typeof openDoor>>
let desk: ReturnType<typeof door.desk>
/** Whatever is called on a client, by name; nothing else reaches the outside. */
const called = vi.fn<(name: string, ...given: unknown[]) => unknown>()

function anyClient(name: string): never {
  return new Proxy(() => {}, {
    get: (_, key) => (key === 'then' ? undefined : anyClient(`${name}.${String(key)}`)),
    apply: (_, __, given) => Promise.resolve(called(name, ...given)),
  }) as never
}

beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  door = await openDoor(database)
  const clients = { wechatPay: () => anyClient('wechatPay'), his: () => anyClient('his') }
  registerCalls(door.http, { ...door.room, clients })
  desk = door.desk(await signInAs(door.room, { origin: ORIGIN, loginName: 'he', role: 'operator' }))
  called.mockReset()
})
afterAll(() => database.drop())

let numbered = 0
/** A call as it stands in the log; what it was about is there, whatever it is. */
async function logged(platform: string, operation: string, path = '/v3/x/out-bill-no/ZY77'): Promise<string> {
  const requestId = `req-${++numbered}`
  const sealed = door.room.cipher.seal(JSON.stringify({ forRequestKey: 'key-77' }), 'outside_call.his')
  await recordCall(
    database.database,
    hospitalId('first'),
    {
      ...{ startedAtMs: door.clock.nowMs(), durationMs: 1, platform, operation, requestId, traceId: 't' },
      ...{ outcome: 'unknown', code: '', reply: undefined },
      request: { path, method: 'GET', sealed: sealed.toString('base64') },
    },
    (error) => {
      throw error
    },
  )
  const [made] = await database.database.read(hospitalId('first'), (tx) =>
    listCalls(tx, { number: requestId }, 1),
  )
  return `${made?.id}`
}
const requery = (id: string, reason = '患者在窗口等') =>
  desk.ask('POST', `/calls/${id}/requery`, { hospital: 'first', reason })

test('every operation of every client that is not on the list is refused, and nothing is sent', async () => {
  const refused = EVERY.filter(([platform, operation]) => !REQUERIES.includes(`${platform} ${operation}`))
  expect(refused.length).toBeGreaterThan(50)
  for (const [platform, operation] of refused) {
    const id = await logged(platform, operation)
    expect((await requery(id)).code, `${platform} ${operation}`).toBe('requery-refused')
  }
  expect(called).not.toHaveBeenCalled()
})

test('what is on the list changes nothing, by the clients’ own word, and is an operation that there is', () => {
  const every = EVERY.map((names) => names.join(' '))
  expect(REQUERIES.filter((name) => !every.includes(name))).toEqual([])
  const reads = ALL_OPERATIONS.filter(([, kind]) => kind === 'read').map(([name]) => name)
  for (const name of REQUERIES) {
    const [platform = '', operation = ''] = name.split(' ')
    expect(['wechat-pay', 'his']).toContain(platform)
    if (platform === 'his') expect(reads).toContain(operation)
    else expect(isChangingEndpoint(operation)).toBe(false)
  }
})

test('a query is asked again by the number that it was about, audited with the reason before it leaves', async () => {
  called.mockReturnValue({ state: 'SUCCESS', amountFen: 1_200, userName: '李明华' })
  const id = await logged('wechat-pay', 'transfer-query')
  expect((await desk.ask('GET', `/calls/${id}?hospital=first`)).body.canRequery).toBe(true)
  const { body } = await requery(id)
  expect(body).toEqual({
    ...{ outcome: 'yes', code: '', facts: { state: 'SUCCESS', amountFen: 1_200, failReason: null } },
    traceId: expect.stringMatching(/^ZY-/),
  })
  expect(called.mock.calls).toEqual([['wechatPay.queryTransferByOutBillNo', 'ZY77']])
  expect(
    await database.asOwner(`SELECT actor, subject, detail FROM audit_entry WHERE action = 'calls.requeried'`),
  ).toEqual([
    {
      ...{ actor: 'operator:he', subject: id },
      detail: { platform: 'wechat-pay', operation: 'transfer-query', reason: '患者在窗口等' },
    },
  ])
  const changing = await logged('wechat-pay', 'transfer-create')
  expect((await desk.ask('GET', `/calls/${changing}?hospital=first`)).body.canRequery).toBe(false)
  const status = await logged('his', 'deposits.status')
  called.mockReset().mockReturnValue(undefined)
  expect((await requery(status)).body).toMatchObject({ outcome: 'yes', facts: { state: 'not-found' } })
  expect(called.mock.calls).toEqual([['his.deposits.status', 'key-77']])
})

test('a query without an answer is told as such, and one whose number is not kept is refused', async () => {
  const id = await logged('his', 'fees.status')
  called.mockImplementation(() =>
    Promise.reject(new HisError('unavailable', 'timeout', '李明华 did not come')),
  )
  const { body } = await requery(id)
  expect(body).toMatchObject({ outcome: 'unknown', code: 'timeout', facts: {} })
  expect(JSON.stringify(body) + door.logLines.join('')).not.toContain('李明华')
  const odd = await logged('wechat-pay', 'refund-query', '/v3/refund/domestic/refunds/a%2Fb')
  expect((await requery(odd)).code).toBe('requery-refused')
})

test('not without a reason, not of another hospital, and not by who may only look', async () => {
  const id = await logged('his', 'probe')
  expect((await requery(id, ' ')).status).toBe(400)
  const other = { hospital: 'second', reason: '患者在窗口等' }
  expect((await desk.ask('POST', `/calls/${id}/requery`, other)).status).toBe(404)
  const finance = door.desk(await signInAs(door.room, { origin: ORIGIN, loginName: 'w', role: 'finance' }))
  expect((await finance.ask('POST', `/calls/${id}/requery`, other)).code).toBe('operator-forbidden')
  expect(called).not.toHaveBeenCalled()
})
