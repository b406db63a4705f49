import { hospitalId } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../../tests/setup/test-database.ts'
import { ORIGIN, openDoor } from '../../operators/test-support/open-door.ts'
import { signInAs } from '../../operators/test-support/sign-in-as.ts'
import { recordCall } from '../record-call.ts'
import { registerCalls } from './register-calls.ts'

const FIRST = hospitalId('first')
const AT = Date.parse('2026-11-28T10:00:00+08:00')

const never = () => {
  throw new Error('nothing is asked again here')
}

let database: TestDatabase
let desk: ReturnType<Awaited<ReturnType<typeof openDoor>>['desk']>
beforeAll(async () => {
  database = await createTestDatabase()
  const door = await openDoor(database)
  registerCalls(door.http, { ...door.room, clients: { wechatPay: () => undefined, his: never } })
  desk = door.desk(await signInAs(door.room, { origin: ORIGIN, loginName: 'wang', role: 'operator' }))
  for (let n = 0; n < 130; n++)
    await recordCall(
      database.database,
      n % 13 === 0 ? hospitalId('second') : FIRST,
      {
        ...{ startedAtMs: AT + n * 60_000, durationMs: 12.4, platform: n % 2 === 0 ? 'his' : 'wechat-pay' },
        ...{ operation: n % 2 === 0 ? 'deposits.hold' : 'transfer-create', requestId: `req-${n}` },
        ...{
          traceId: `ZY-${n}`,
          outcome: n % 10 === 0 ? 'unknown' : 'yes',
          code: n % 10 === 0 ? 'timeout' : '',
        },
        request:
          n % 2 === 0
            ? { sealed: 'AbC=' }
            : { method: 'POST', path: '/v3/fund-app/mch-transfer/transfer-bills' },
        reply: n % 2 === 0 ? { hisCode: null, message: 'AbC=', sealed: 'AbC=' } : { httpStatus: 200 },
      },
      (error) => {
        throw error
      },
    )
})
afterAll(() => database.drop())

const list = async (query: string) => (await desk.ask('GET', `/calls?hospital=first${query}`)).body

test('newest first, page by page, each call once, and only of the hospital that is asked for', async () => {
  const seen: string[] = []
  let next: string | null = null
  do {
    const page = await list(next === null ? '' : `&before=${next}`)
    seen.push(...page.calls.map(({ requestId }: { requestId: string }) => requestId))
    next = page.next
  } while (next !== null)
  const expected = Array.from({ length: 130 }, (_, n) => 129 - n).filter((n) => n % 13 !== 0)
  expect(seen).toEqual(expected.map((n) => `req-${n}`))
})

test('found by the number of the platform and by the trace number of an error page', async () => {
  for (const number of ['req-77', 'ZY-77'])
    expect((await list(`&number=${number}`)).calls).toMatchObject([{ requestId: 'req-77' }])
  expect((await list('&number=req-13')).calls, 'of the other hospital').toEqual([])
})

test('by platform, operation, outcome and time', async () => {
  const { calls } = await list('&platform=his&operation=deposits&outcome=unknown')
  expect(calls.map(({ requestId }: { requestId: string }) => requestId)).toEqual(
    [120, 110, 100, 90, 80, 70, 60, 50, 40, 30, 20, 10].map((n) => `req-${n}`),
  )
  expect((await list('&outcome=trouble')).calls).toHaveLength(12)
  expect((await list('&from=2026-11-29')).calls).toEqual([])
  expect((await list('&from=2026-11-28&to=2026-11-28')).calls).toHaveLength(50)
  expect((await list('&to=2026-11-27')).calls).toEqual([])
  expect((await desk.ask('GET', '/calls?from=yesterday')).status).toBe(400)
})

test('what is kept sealed is not shown, neither open nor sealed', async () => {
  const [his] = (await list('&platform=his')).calls
  const { body } = await desk.ask('GET', `/calls/${his.id}?hospital=first`)
  expect(JSON.stringify(body)).not.toContain('AbC=')
  expect(body.request).toEqual({ 内容: '加密保存，有争议时由数据管理员取出' })
  const [pay] = (await list('&platform=wechat-pay')).calls
  expect((await desk.ask('GET', `/calls/${pay.id}?hospital=first`)).body.reply).toEqual({ httpStatus: 200 })
  expect((await desk.ask('GET', `/calls/${pay.id}?hospital=second`)).status).toBe(404)
})
