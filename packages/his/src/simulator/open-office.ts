import { showAppointment } from './appointments/show-appointment.ts'
import { chargeAccount } from './balances/charge-account.ts'
import { lockAmount, unlockAmount } from './balances/lock-amount.ts'
import { weighBalance } from './balances/weigh-balance.ts'
import { deductionOf } from './deductions/kept-deduction.ts'
import { holdOf } from './deposits/kept-hold.ts'
import { addFee, changeFee } from './fees/add-fee.ts'
import { type HospitalState, nextNumber } from './hospital-state.ts'
import type { Desk } from './open-desk.ts'
import { makeReport } from './reports/make-report.ts'
import type { HospitalOffice } from './simulated-hospital.ts'
import { confirmPhone, unconfirmedPhoneOf } from './update-archive.ts'

/** The side of the hospital that its own people see. */
export function openOffice({ state, clock, inside }: Desk): HospitalOffice {
  const own = <T extends { readonly patid: string }>(list: readonly T[], patid: string) =>
    structuredClone(list.filter((one) => one.patid === patid))
  return {
    balanceOf: (patid) => weighBalance(state, known(state, patid)),
    rechargesOf: (patid) => own(state.recharges, patid),
    holdsOf: (patid) => own(state.holds, patid).map(holdOf),
    deductionsOf: (patid) => own(state.deductions, patid).map(deductionOf),
    pendingFeesOf: (patid) =>
      own(
        state.fees.filter(({ postingId }) => postingId === undefined).map(({ bill }) => bill),
        patid,
      ),
    appointmentsOf: (patid) =>
      own(state.appointments, patid).map((one) => showAppointment(one, clock.nowMs())),
    unconfirmedPhoneOf: (patid) => unconfirmedPhoneOf(state, known(state, patid)),
    confirmPhone: (patid) =>
      inside(() => {
        const archive = confirmPhone(state, known(state, patid))
        if (!archive) throw new RangeError('nobody gave a phone for this archive')
        return archive
      }),
    charge: (patid, charge) => inside(() => chargeAccount(state, patid, charge, clock.nowMs())),
    lockAmount: (patid, lock) => inside(() => lockAmount(state, patid, lock)),
    unlockAmount: (lockId) => inside(() => unlockAmount(state, lockId)),
    addFee: (patid, fee) => inside(() => addFee(state, patid, fee, clock.nowMs())),
    changeFee: (billId, items) => inside(() => changeFee(state, billId, items)),
    addReport: (patid, written) =>
      inside(() => {
        const report = makeReport(known(state, patid), nextNumber(state, 'BG'), written, clock.nowMs())
        state.reports.push(report)
        return report
      }),
    markVisited: (appointmentId) =>
      inside(() => {
        const appointment = state.appointments.find((one) => one.appointmentId === appointmentId)
        if (!appointment || appointment.state === 'cancelled') throw new RangeError('no such appointment')
        appointment.state = 'visited'
        return showAppointment(appointment, clock.nowMs())
      }),
  }
}

function known({ archives }: HospitalState, patid: string): string {
  if (!archives.some((archive) => archive.patid === patid)) throw new RangeError('no such archive')
  return patid
}
