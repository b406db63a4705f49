import { fen, ManualClock } from '@zhangyi/core'
import {
  createSimulatedHospital,
  type HisAppointments,
  type HisFees,
  type HisPort,
  type Slot,
} from '@zhangyi/his'
import { expect, test } from 'vitest'
import type { PaymentsRoom } from '../../apps/server/src/payments/index.ts'
import type { Clients } from '../../apps/server/src/platform/clients/clients.ts'
import { registerVisitRoutes, visitsEvents } from '../../apps/server/src/visits/index.ts'
import type { VisitOrder } from '../../apps/server/src/visits/visit-views.ts'
import { testDatabase } from '../setup/test-database.ts'
import { type Answer, openRoom } from '../verification/room-in-process.ts'

// Hospitals unlike the sandbox's: free of charge, with a function missing, or with an interface that mixes patients up.

type Changes = (port: Required<HisPort>) => Partial<HisPort>
type Refusal = { readonly error: { readonly code: string; readonly message: string } }

async function openVisitsOf(changes: Changes) {
  const clock = new ManualClock('2026-11-23T07:30:00+08:00')
  const hospital = createSimulatedHospital({ clock })
  const full = hospital.port as Required<HisPort>
  const port = { ...full, ...changes(full) } as HisPort
  const at = await testDatabase()
  const opened = await openRoom(at, {
    clock,
    clients: { his: () => port, wechatPay: () => undefined } as Partial<Clients>,
    register: (http, room) => {
      const parts = { ...room, events: visitsEvents(room) } as PaymentsRoom & typeof room
      registerVisitRoutes(http, parts)
    },
  })
  const user = await opened.signIn()
  const patient = await opened.link(user, {}, { patid: 'P100001' })
  const ask = <T>(method: 'GET' | 'POST', path: string, body?: object) =>
    user.ask<T>(method as 'GET', `/visits${path}`, body)
  const register = async ({ slotId, departmentId, day }: Slot): Promise<Answer<VisitOrder & Refusal>> =>
    ask('POST', '/registrations', { patientId: patient.id, slotId, departmentId, day })
  const slots = await full.schedules.slots({
    ...{ departmentId: 'D0201', doctorId: undefined, from: '2026-11-24', to: '2026-11-24' },
  })
  const slot = slots.find(({ remaining }) => remaining > 1)
  if (!slot) throw new Error('no slot')
  return { ...opened, at, hospital, user, patient, ask, register, slot }
}

const free: Changes = ({ schedules, appointments }) => ({
  schedules: {
    ...schedules,
    slots: async (query) => (await schedules.slots(query)).map((slot) => ({ ...slot, fee: fen(0) })),
  },
  appointments: {
    ...appointments,
    lock: async (request, key) => {
      const outcome = await appointments.lock(request, key)
      return outcome.kind === 'yes' ? { kind: 'yes', value: { ...outcome.value, fee: fen(0) } } : outcome
    },
  },
})

test('a free slot is booked at once, without a payment, and cancelled without a refund', async () => {
  const { ask, register, slot, hospital } = await openVisitsOf(free)
  const { body: order } = await register(slot)
  expect(order).toMatchObject({ state: 'to-pay', feeFen: 0 })
  expect((await ask('POST', `/orders/${order.id}/payment`)).body).toEqual({ payment: null, cashierUrl: null })
  expect((await ask('GET', `/orders/${order.id}`)).body).toMatchObject({ state: 'done', refund: null })
  const mine = () => hospital.appointmentsOf('P100001').filter((one) => one.departmentId === 'D0201')
  expect(mine()).toMatchObject([{ state: 'booked', paymentNumber: undefined }])
  expect((await ask('POST', `/orders/${order.id}/cancel`)).body).toMatchObject({
    state: 'cancelled',
    refund: null,
  })
  expect(mine()).toMatchObject([{ state: 'cancelled' }])
})

test('a free slot that the hospital refuses ends closed, and says that nothing was taken', async () => {
  const { ask, register, slot, hospital } = await openVisitsOf(free)
  const { body: order } = await register(slot)
  hospital.faults.order({ kind: 'refused', operation: 'appointments.book', times: 1 })
  await ask('POST', `/orders/${order.id}/payment`)
  expect((await ask('GET', `/orders/${order.id}`)).body).toMatchObject({
    ...{ state: 'closed', message: expect.stringContaining('没有收取费用') },
  })
})

test('a hospital without these groups says so, and where to go instead', async () => {
  const { ask, register, slot, patient } = await openVisitsOf(() => ({
    ...({ schedules: undefined, appointments: undefined, fees: undefined } as unknown as Partial<HisPort>),
  }))
  for (const path of ['/departments', '/slots?departmentId=D0201', `/registrations?patientId=${patient.id}`])
    expect((await ask<Refusal>('GET', path)).body.error, path).toMatchObject({
      ...{ code: 'his-refused', message: expect.stringContaining('还没有开通网上挂号') },
    })
  expect((await register(slot)).body.error.code).toBe('his-refused')
  expect((await ask<Refusal>('GET', `/fees?patientId=${patient.id}`)).body.error.message).toContain(
    '收费窗口',
  )
})

test('answers about somebody else are not shown, and recorded', async () => {
  const mixed = (fees: HisFees, appointments: HisAppointments): Partial<HisPort> => ({
    fees: { ...fees, pending: () => fees.pending('P100002') },
    appointments: { ...appointments, list: (query) => appointments.list({ ...query, patid: 'P100002' }) },
  })
  const { ask, patient, audit } = await openVisitsOf(({ fees, appointments }) => mixed(fees, appointments))
  const bills = await ask<Refusal>('GET', `/fees?patientId=${patient.id}`)
  expect(bills).toMatchObject({ status: 409, body: { error: { code: 'his-refused' } } })
  expect(await ask('GET', `/registrations?patientId=${patient.id}`)).toMatchObject({ status: 409 })
  const body = { patientId: patient.id, billIds: ['JF-S4'] }
  expect(await ask('POST', '/fee-orders', body)).toMatchObject({ status: 409 })
  expect(await audit('visits.foreign-answer')).toHaveLength(3)
})

test('a booking that the HIS answers with somebody else’s is not taken for ours', async () => {
  const { ask, register, slot, logLines } = await openVisitsOf((port) => {
    const { appointments, schedules } = { ...port, ...free(port) } as Required<HisPort>
    const other = <T extends { readonly patid: string }>(one: T): T => ({ ...one, patid: 'P100002' })
    return {
      schedules,
      appointments: {
        ...appointments,
        book: async (request, key) => {
          const outcome = await appointments.book(request, key)
          return outcome.kind === 'yes' ? { kind: 'yes', value: other(outcome.value) } : outcome
        },
      },
    }
  })
  const { body: order } = await register(slot)
  await ask('POST', `/orders/${order.id}/payment`)
  expect((await ask('GET', `/orders/${order.id}`)).body).toMatchObject({ state: 'confirming' })
  expect(logLines.join()).toContain('nobody can say whether a paid visit is booked')
})

test('names and what somebody is treated for are not in the database in the clear, nor in the log', async () => {
  const { ask, register, slot, patient, logLines, at } = await openVisitsOf(({ fees }) => ({ fees }))
  await register(slot)
  await ask('GET', `/fees?patientId=${patient.id}`)
  await ask('POST', '/fee-orders', { patientId: patient.id, billIds: ['JF-S3'] })
  const rows = await at.asOwner<{ text: string }>('SELECT row_to_json(o)::text AS text FROM visit_order o')
  const written = rows.map(({ text }) => text).join() + logLines.join()
  for (const word of ['李明华', '胃镜', slot.departmentName]) expect(written).not.toContain(word)
  expect(rows).toHaveLength(2)
})
