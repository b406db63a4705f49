import { parseFixtures } from '@zhangyi/his'
import { expect, test } from 'vitest'
import { buildControl } from '../../kit/control.ts'
import { ManualOffsetClock } from '../../kit/sandbox-clock.ts'
import { testRestHis } from '../rest/test-rest-his.ts'

const LI = 'P100001'

function withControl() {
  const his = testRestHis()
  const control = buildControl({
    simulators: [{ simulator: his.simulator, baseUrl: 'http://his.test' }],
    clock: new ManualOffsetClock(),
  })
  const act = async (action: string, payload: object) => {
    const url = `/platforms/his-rest/actions/${action}`
    const reply = await control.inject({ method: 'POST', url, payload, headers: { host: '127.0.0.1' } })
    return { status: reply.statusCode, body: reply.json() }
  }
  return { ...his, control, act }
}

test('money, locks, fees and reports through the control', async () => {
  const { act, ask } = withControl()
  const charged = await act('charge', {
    patid: LI,
    amountFen: 999,
    paymentNumber: 'ZY9',
    channelNumber: '42',
  })
  expect(charged.body).toMatchObject({ amountFen: 999, refundedFen: 0, channel: 'wechat' })
  const { body: lock } = await act('lock-amount', { patid: LI, amountFen: 99, reason: '未结算' })
  expect((await act('account', { patid: LI })).body.balance).toMatchObject({
    totalFen: 80_999,
    reason: '未结算',
  })
  expect((await act('unlock-amount', lock)).status).toBe(200)
  const items = [{ name: '挂号费', amountFen: 500 }]
  const { body: bill } = await act('add-fee', { patid: LI, title: '诊疗费', items })
  expect(bill).toMatchObject({ amountFen: 500, items: [{ quantity: '1', amountFen: 500 }] })
  const changed = await act('change-fee', {
    billId: bill.billId,
    items: [{ name: '挂号费', amountFen: 700 }],
  })
  expect(changed.body.amountFen).toBe(700)
  const indicators = [{ name: '白细胞计数', value: '11.2', unit: '10^9/L', flag: 'high' }]
  const { body: report } = await act('add-report', { patid: LI, kind: 'lab', title: '血常规', indicators })
  expect(
    (await ask('reports/detail', { kind: 'lab', patid: LI, reportId: report.reportId })).data,
  ).toMatchObject({
    ...{ abnormal: true, indicators },
  })
  expect((await act('ledger', {})).body).toContainEqual(expect.objectContaining({ paymentNumber: 'ZY9' }))
  expect((await act('archives', { query: '李明华' })).body).toMatchObject([{ patid: LI }])
})

test('bad input is 400: no such archive, no such unit, no such mode', async () => {
  const { act } = withControl()
  expect((await act('charge', { patid: 'P0', amountFen: 1 })).status).toBe(400)
  expect((await act('charge', { patid: LI, amount: 1 })).status).toBe(400)
  expect((await act('charge', { patid: LI, amountFen: 0 })).status).toBe(400)
  expect((await act('account', {})).status).toBe(400)
  expect((await act('hospital', { refunds: 'three-phase' })).status).toBe(400)
})

test('PLATFORMS tells what a client needs and whom the hospital knows', async () => {
  const { control } = withControl()
  const platforms = (await control.inject({ url: '/platforms', headers: { host: '127.0.0.1' } })).json()
  expect(platforms['his-rest']).toMatchObject({
    ...{ baseUrl: 'http://his.test', keyId: 'sandbox-his-gateway', secret: expect.any(String) },
    groups: expect.arrayContaining(['archives', 'deposits', 'reports']),
    knownPersons: expect.arrayContaining([expect.objectContaining({ name: '孙桂珍' })]),
  })
  const { fixtures } = platforms['his-rest']
  expect(parseFixtures(fixtures, '2026-11-23')).toEqual(fixtures)
})
