import { type Clock, fen, shanghaiDay } from '@zhangyi/core'
import type { HospitalOffice, NewReport } from '@zhangyi/his'
import { z } from 'zod'
import type { Simulator } from '../../kit/simulator.ts'
import { toWire } from '../fen-fields.ts'
import type { SharedHospital } from '../shared-hospital.ts'
import { searchArchives } from './search-archives.ts'

const text = z.string().trim().min(1).max(200)
const long = z.string().max(4_000)
const amountFen = z.int().min(1).max(100_000_000).transform(fen)
const absent = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? undefined)
const given = z.exactOptional

const charge = z.strictObject({
  patid: text,
  amountFen,
  channel: given(z.enum(['wechat', 'alipay', 'bank-card', 'cash', 'other'])),
  channelName: given(text),
  paymentNumber: given(text),
  channelNumber: given(text),
  paidAt: given(z.iso.datetime({ offset: true })),
})
const item = z
  .strictObject({ name: text, specification: absent(text), quantity: text.default('1'), amountFen })
  .transform(({ amountFen: amount, specification, ...rest }) => ({ ...rest, specification, amount }))
const items = z.array(item).min(1).max(50)
const fee = z.strictObject({
  ...{ patid: text, items, title: given(text), departmentName: given(text) },
  ...{ doctorName: given(text), visitId: given(text) },
})
const flag = z.enum(['low', 'normal', 'high', 'abnormal', 'critical'])
const indicator = z
  .object({ code: absent(text), name: text, value: text, unit: absent(text) })
  .extend({ referenceRange: absent(text), flag: absent(flag) })
const report = z.strictObject({
  patid: text,
  kind: z.enum(['lab', 'examination', 'check-up', 'inpatient-day', 'prescription', 'diagnosis']),
  ...{ title: text, departmentName: given(text), doctorName: given(text), modality: given(text) },
  reportedAt: given(z.iso.datetime({ offset: true })),
  indicators: given(z.array(indicator).max(200)),
  sections: given(z.array(z.object({ title: text, text: long })).max(20)),
  abnormal: given(z.boolean()),
})
const settings = z.strictObject({
  refunds: given(z.enum(['two-phase', 'single-step', 'single-step-without-reversal'])),
})

/** What people in the hospital do, for tests and scripts; amounts are `…Fen`, as on the REST wire. */
export function hospitalActions(hospital: SharedHospital, clock: Clock): Simulator['actions'] {
  const known = text.refine((patid) => hospital.now.archives.some((one) => one.patid === patid), {
    error: '没有这份档案',
  })
  const patidOf = (input: object) => known.parse((input as { readonly patid?: unknown }).patid)
  return {
    archives: (input) =>
      searchArchives(hospital.now, z.strictObject({ query: given(text) }).parse(input).query),
    account: (input) => toWire(accountOf(hospital.now, patidOf(input))),
    charge: (input) => {
      const { patid, amountFen: amount, ...how } = charge.parse(input)
      return toWire(hospital.now.charge(known.parse(patid), { amount, ...how }))
    },
    'lock-amount': (input) => {
      const wanted = z
        .strictObject({ patid: known, amountFen, reason: text, spendable: given(z.boolean()) })
        .parse(input)
      const { patid, amountFen: amount, ...why } = wanted
      return { lockId: hospital.now.lockAmount(patid, { amount, ...why }) }
    },
    'unlock-amount': (input) => {
      hospital.now.unlockAmount(z.strictObject({ lockId: text }).parse(input).lockId)
      return {}
    },
    'add-fee': (input) => {
      const { patid, ...wanted } = fee.parse(input)
      return toWire(hospital.now.addFee(known.parse(patid), wanted))
    },
    'change-fee': (input) => {
      const wanted = z.strictObject({ billId: text, items }).parse(input)
      return toWire(hospital.now.changeFee(wanted.billId, wanted.items))
    },
    'add-report': (input) => {
      const { patid, ...written } = report.parse(input)
      return toWire(hospital.now.addReport(known.parse(patid), written satisfies NewReport))
    },
    'confirm-phone': (input) => hospital.now.confirmPhone(patidOf(input)),
    'mark-visited': (input) =>
      toWire(hospital.now.markVisited(z.strictObject({ appointmentId: text }).parse(input).appointmentId)),
    ledger: (input) => {
      const { day = shanghaiDay(clock.nowMs()) } = z.strictObject({ day: given(text) }).parse(input)
      return toWire(hospital.now.ledger.filter(({ bookedAt }) => shanghaiDay(Date.parse(bookedAt)) === day))
    },
    hospital: (input) => {
      const { refunds } = settings.parse(input)
      if (refunds !== undefined) hospital.changeRefunds(refunds)
      return { refunds: hospital.refunds }
    },
  }
}

/** Everything about one archive's money and visits. */
export function accountOf(office: HospitalOffice, patid: string) {
  return {
    balance: office.balanceOf(patid),
    recharges: office.rechargesOf(patid),
    holds: office.holdsOf(patid),
    deductions: office.deductionsOf(patid),
    pendingFees: office.pendingFeesOf(patid),
    appointments: office.appointmentsOf(patid),
  }
}
