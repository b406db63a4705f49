import { HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { signInAs } from '../../apps/server/src/platform/operators/test-support/sign-in-as.ts'
import { MORNING, openVisits, pay, TOMORROW, type VisitsStack } from './visits-stack.ts'

// What finance and operators see of 挂号与缴费, and what they may do: look again, and say that something is cleared up.
let stack: VisitsStack
let origin: string
const cookies = new Map<string, string>()
beforeAll(async () => {
  stack = await openVisits()
  const address = stack.app.http.server.address()
  if (address === null || typeof address === 'string') throw new Error('no address')
  origin = `http://127.0.0.1:${address.port}`
  for (const role of ['operator', 'hospital', 'audit'] as const)
    cookies.set(
      role,
      await signInAs(
        { database: stack.at.database, clock: stack.clock },
        { origin, loginName: `the-${role}`, role },
      ),
    )
}, 60_000)
afterAll(() => stack?.close())
afterEach(() => {
  stack.clearFaults()
  stack.clock.set(MORNING)
})

async function ask(method: 'GET' | 'POST', path: string, body?: object, role = 'operator') {
  const answer = await stack.app.http.inject({
    ...{ method, url: `/api/v1/console/visits${path}`, headers: { cookie: cookies.get(role) ?? '', origin } },
    ...(body && { payload: body }),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const numbers = async (query: string) =>
  (await ask('GET', `?${query}`)).body.visits.map(({ id }: { id: string }) => id)

let serial = 0
async function paidOrder() {
  const user = await stack.signIn(`seen-${++serial}`)
  const archive = stack.his.archives[40 + serial]
  if (!archive) throw new Error('no more archives')
  const patient = await user.link(archive.patid)
  const slots = await stack.freeSlots(['D0101', 'D0103', 'D0201', 'D03'][serial % 4] ?? '', TOMORROW)
  const slot = slots[serial % slots.length]
  if (!slot) throw new Error('no free slot')
  const { body: order } = await user.register(patient, slot)
  await pay(stack, user, order.id)
  return { user, archive, order, slot }
}

test('an order is found by each of its numbers, tells its whole way, and hides who it is about', async () => {
  const { user, archive, order, slot } = await paidOrder()
  await user.paid(order.id)
  await user.cancel(order.id)
  await stack.until(order.id, 'cancelled')
  const { body } = await ask('GET', `/${order.id}`)
  expect(body).toMatchObject({
    ...{ kind: 'appointment', state: 'cancelled', trouble: null, feeFen: slot.fee, canLook: false },
    ...{ departmentName: slot.departmentName, visit: { day: TOMORROW }, bills: null },
    ...{ payment: { state: 'paid', problem: null }, refunds: [{ state: 'done', amountFen: slot.fee }] },
  })
  expect(body.steps.map(({ text }: { text: string }) => text)).toEqual([
    ...[
      '下单',
      '打开微信付款',
      '已支付',
      '请 HIS 登记',
      'HIS 已登记',
      '申请取消',
      '已取消',
      '退款已受理',
      '退款到账',
    ],
  ])
  for (const number of [
    order.id,
    body.hisNumber,
    body.outTradeNo,
    body.transactionId,
    body.refunds[0].number,
  ])
    expect(await numbers(`number=${encodeURIComponent(number)}`), number).toEqual([order.id])
  expect(await numbers('kind=outpatient-fee')).not.toContain(order.id)
  expect(await numbers('state=cancelled')).toContain(order.id)
  expect(await numbers('to=2026-11-22')).toEqual([])
  const text = JSON.stringify(body)
  for (const secret of [archive.name, archive.idNumber]) expect(text).not.toContain(secret)
  expect(body.patientName).toContain('*')
})

test('a booking in doubt needs a person after an hour, who may look again: booked once, for a reason', async () => {
  const { user, archive, order } = await paidOrder()
  stack.his.faults.order({ kind: 'reply-lost', operation: 'appointments.book', times: 1 })
  stack.his.faults.order({ kind: 'unavailable', operation: 'appointments.status' })
  await user.paid(order.id)
  const reason = '患者在窗口等，来电核对'
  const early = await ask('POST', `/${order.id}/look`, { reason })
  expect(early).toMatchObject({
    status: 409,
    body: { error: { message: expect.stringContaining('两分钟后') } },
  })
  expect(await numbers('state=trouble')).toEqual([])
  stack.clock.advance(HOUR_MS + MINUTE_MS)
  expect(await numbers('state=trouble')).toEqual([order.id])
  expect((await ask('GET', `/${order.id}`)).body).toMatchObject({
    ...{ state: 'posting', trouble: 'doubtful', todo: expect.stringContaining('没有说明'), canLook: true },
  })
  expect((await ask('POST', `/${order.id}/look`, { reason })).body).toMatchObject({ state: 'posting' })
  stack.clearFaults()
  const looked = await ask('POST', `/${order.id}/look`, { reason })
  expect(looked.body).toMatchObject({ state: 'done', trouble: null, canLook: false })
  expect(stack.his.appointmentsOf(archive.patid)).toHaveLength(1)
  expect(await stack.refundsOf(order.id)).toEqual([])
  const seen = await stack.look<{ actor: string; detail: object }>(
    `SELECT actor, detail FROM audit_entry WHERE action = 'visits.looked' AND subject = '${order.id}'`,
  )
  expect(seen).toEqual(
    Array(2).fill({ actor: 'operator:the-operator', detail: { state: 'posting', reason } }),
  )
  expect((await ask('POST', `/${order.id}/look`, { reason })).status, 'nothing left to ask').toBe(409)
})

test('a refund that needs a person is on the list and on the first page', async () => {
  const { user, order } = await paidOrder()
  stack.his.faults.order({ kind: 'refused', operation: 'appointments.book', times: 1 })
  await user.paid(order.id)
  const [payment] = await stack.paymentsOf(order.id)
  await stack.at.asOwner(
    `UPDATE refund_order SET state = 'needs-person', problem = 'abnormal'
     WHERE payment_order_id = (SELECT id FROM payment_order WHERE out_trade_no = '${payment?.out_trade_no}')`,
  )
  expect(await numbers('state=trouble')).toEqual([order.id])
  expect((await ask('GET', `/${order.id}`)).body).toMatchObject({
    ...{ trouble: 'refund', canLook: true, refunds: [{ state: 'needs-person', problem: 'abnormal' }] },
  })
  const home = await stack.app.http.inject({
    ...{ url: '/api/v1/console/home', headers: { cookie: cookies.get('hospital') ?? '' } },
  })
  expect(home.json().todo).toContainEqual(
    expect.objectContaining({ tone: 'bad', count: 1, path: '/console/visits?state=trouble' }),
  )
})

test('what does not fit a payment is marked as dealt with: once, for a reason, as it was seen; another answer lists it anew', async () => {
  const { user, order } = await paidOrder()
  await user.paid(order.id)
  const set = (problem: string) =>
    stack.at.asOwner(`UPDATE payment_order SET problem = '${problem}', problem_done_at_ms = NULL
      WHERE subject = '${order.id}'`)
  await set('contradicted: REVOKED')
  expect(await numbers('state=trouble')).toContain(order.id)
  const mark = (problem: string, role = 'operator') =>
    ask('POST', `/${order.id}/problem-done`, { problem, reason: '已线下退给患者' }, role)
  expect((await mark('contradicted: REVOKED', 'hospital')).status).toBe(403)
  expect((await mark('mismatch: amount')).status, 'another one than is there').toBe(409)
  const { body } = await mark('contradicted: REVOKED')
  expect(body).toMatchObject({
    ...{ trouble: null, payment: { problem: 'contradicted: REVOKED', problemDoneAtMs: expect.any(Number) } },
  })
  expect(body.steps.at(-1)).toMatchObject({
    text: '付款的问题标记为已处理',
    note: '操作员 the-operator，contradicted: REVOKED，已线下退给患者',
  })
  expect((await mark('contradicted: REVOKED')).status, 'done already').toBe(409)
  expect(await numbers('state=trouble')).not.toContain(order.id)
  await set('contradicted: other-transaction')
  expect(await numbers('state=trouble')).toContain(order.id)
})

test('who only looks on does not look again; a reason holds no number of a person; ids of nobody are not found', async () => {
  const { order } = await paidOrder()
  expect((await ask('POST', `/${order.id}/look`, { reason: '核对一下' }, 'hospital')).status).toBe(403)
  expect((await ask('GET', '', undefined, 'hospital')).status).toBe(200)
  expect((await ask('GET', '', undefined, 'audit')).status).toBe(403)
  for (const reason of ['', '患者 33010219900101123X 来电'])
    expect((await ask('POST', `/${order.id}/look`, { reason })).status, reason).toBe(400)
  expect((await ask('GET', '/visit_none')).status).toBe(404)
  expect((await ask('POST', '/visit_none/look', { reason: '核对一下' })).status).toBe(404)
})
