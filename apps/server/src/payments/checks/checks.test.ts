import { fen, SECOND_MS } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PaymentsRig, startPaymentsRig } from '../../../../../tests/setup/payments-rig.ts'
import { buildClients } from '../../platform/clients/build-clients.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { setFunds } from '../index.ts'
import { checkBalance } from './check-balance.ts'
import { checkCertificates } from './check-certificates.ts'
import { checkClock } from './check-clock.ts'
import { checkNotifyAddress } from './check-notify-address.ts'
import { checkQuery } from './check-query.ts'

let rig: PaymentsRig
let hospital: Hospital
beforeAll(async () => {
  rig = await startPaymentsRig()
  const [first] = rig.room.hospitals.all
  if (!first) throw new Error('no hospital')
  hospital = first
})
afterAll(() => rig.stop())

test('a question after a number that cannot exist passes, changes nothing, and names what is wrong otherwise', async () => {
  expect(await checkQuery(rig.room, hospital)).toEqual({ ok: true })
  expect(rig.simulator.calls.map(({ operation }) => operation)).toEqual(['query-transfer'])
  rig.fault('http-502', 'query-transfer')
  expect(await checkQuery(rig.room, hospital)).toMatchObject({
    ok: false,
    zh: expect.stringMatching(/没有正常答复/),
  })
  const { wechatPay } = hospital
  if (!wechatPay) throw new Error('no merchant')
  const withPay = async (change: Partial<typeof wechatPay>) => {
    const changed = { ...hospital, wechatPay: { ...wechatPay, ...change } }
    const hospitals = { all: [changed], find: () => changed, choose: () => changed } as never
    const room = { ...rig.room, hospitals }
    return checkQuery({ ...room, clients: buildClients(room, () => ({}) as never) }, changed)
  }
  expect(await withPay({ merchantSerial: 'A'.repeat(40) })).toMatchObject({
    ok: false,
    zh: expect.stringMatching(/微信不认这个签名.*SIGN_ERROR/),
  })
  expect(await withPay({ origins: ['http://127.0.0.1:59999'] })).toMatchObject({
    ok: false,
    zh: expect.stringContaining('连不上 http://127.0.0.1:59999'),
  })
  // Without transfers another question is asked.
  expect(await withPay({ transfer: undefined })).toEqual({ ok: true })
})

test('a merchant who may not ask for the balance needs a ledger, and is told how old its figure is', async () => {
  expect(await checkBalance(rig.room, hospital)).toMatchObject({ ok: true })
  await rig.act('settings', { balanceApi: false })
  expect(await checkBalance(rig.room, hospital)).toMatchObject({
    ok: false,
    zh: expect.stringContaining('NO_AUTH'),
  })
  const figure = { balanceFen: fen(10_000), asOfMs: rig.clock.nowMs(), source: 'operator' } as const
  await rig.inTx((tx) => setFunds(tx, rig.room, figure, 'operator:x'))
  rig.clock.advance(26 * 3_600 * SECOND_MS)
  expect(await checkBalance(rig.room, hospital)).toMatchObject({
    ok: true,
    zh: expect.stringContaining('26 小时前，人工登记'),
  })
  rig.fault('http-502', 'query-balance')
  expect((await checkBalance(rig.room, hospital)).ok, 'a failure says nothing').toBe(false)
})

test('a clock that is more than a minute off is told before WeChat refuses', async () => {
  const { clock } = rig.room
  const answered = (offMs: number) => {
    const date = new Date(clock.nowMs() - offMs).toUTCString()
    return checkClock(
      { clock, fetch: async () => new Response(null, { status: 401, headers: { date } }) },
      hospital,
    )
  }
  expect(await answered(59 * SECOND_MS)).toMatchObject({ ok: true })
  expect(await answered(90 * SECOND_MS)).toMatchObject({ ok: false, zh: expect.stringContaining('快 90 秒') })
  expect(await answered(-90 * SECOND_MS)).toMatchObject({ ok: false, zh: expect.stringContaining('慢') })
  const down = { clock, fetch: () => Promise.reject(new Error('ECONNREFUSED')) }
  expect(await checkClock(down, hospital)).toMatchObject({ ok: false, zh: expect.stringContaining('连不上') })
})

test('certificates that end soon and addresses that WeChat cannot reach are found without asking anybody', () => {
  const asked = rig.simulator.calls.length
  expect(checkCertificates(rig.room, hospital)).toEqual({ ok: true })
  const later = { ...rig.room, clock: { nowMs: () => Date.parse('2060-01-01') } }
  expect(checkCertificates(later, hospital)).toMatchObject({ ok: false, zh: expect.stringContaining('公钥') })
  const at = (publicOrigin: string, mode: 'development' | 'production' = 'production') =>
    checkNotifyAddress({ ...rig.room, publicOrigin, settings: { ...rig.room.settings, mode } }, hospital).ok
  expect(at('https://pay.hospital.example.cn')).toBe(true)
  for (const origin of [
    'http://pay.hospital.cn',
    'https://10.1.2.3',
    'https://gateway',
    'https://127.0.0.1:8080',
  ])
    expect(at(origin), origin).toBe(false)
  expect(at('http://127.0.0.1:8080', 'development')).toBe(true)
  expect(rig.simulator.calls).toHaveLength(asked)
})
