import { type Clock, MINUTE_MS, sameName, systemClock } from '@zhangyi/core'
import type { Appointment } from '../appointments.ts'
import type { DepositBalance, Recharge } from '../balances.ts'
import type { HisBillRow } from '../bills.ts'
import type { Deduction } from '../deductions.ts'
import type { DepositHold } from '../deposits.ts'
import type { FeeBill, FeeItem } from '../fees.ts'
import type { Archive, CardBinding, HisPort } from '../port.ts'
import type { Report } from '../reports.ts'
import type { ArchivedPerson } from './archived-person.ts'
import type { Charge } from './balances/charge-account.ts'
import type { NewAmountLock } from './balances/lock-amount.ts'
import type { NewFee } from './fees/add-fee.ts'
import { formsOf } from './file-archive.ts'
import { findArchives } from './find-archives.ts'
import { HisFaults } from './his-faults.ts'
import { type ArchiveFiling, type HospitalStore, loadState } from './hospital-state.ts'
import { offerPort } from './offer-port.ts'
import { openDesk } from './open-desk.ts'
import { openOffice } from './open-office.ts'
import type { NewReport } from './reports/make-report.ts'

const DEFAULT_SEED = 20_261_123
const DEFAULT_GUARDIAN_UNDER_AGE = 14
const DEFAULT_SLOT_LOCK_MS = 10 * MINUTE_MS
const DEFAULT_BILL_PAGE_SIZE = 100

/** How the hospital takes deposits back: `deposits`, or `deductions` with or without `reverse`. */
export type RefundStyle = 'two-phase' | 'single-step' | 'single-step-without-reversal'

export interface SimulatedHospitalOptions {
  /** Tells a child's age, when something was booked, and what can still be booked. */
  readonly clock?: Clock
  /** Keeps the hospital over restarts; in memory only when absent. */
  readonly store?: HospitalStore
  readonly seed?: number
  /** Below this age an archive is refused without a guardian. */
  readonly guardianUnderAge?: number
  readonly refunds?: RefundStyle
  /** How long a slot is kept for a patient who pays. */
  readonly slotLockMs?: number
  /** Rows on one page of a day's bill. */
  readonly billPageSize?: number
  /** Whether phone and address can be changed through the port; true when absent. */
  readonly updatesArchives?: boolean
}

export interface SimulatedHospital extends HospitalOffice {
  readonly port: HisPort
  readonly faults: HisFaults
  /** For tests and the sandbox's pages: what the hospital holds. Not through the port, so no fault hits it. */
  readonly archives: readonly Archive[]
  readonly bindings: readonly CardBinding[]
  readonly filings: readonly ArchiveFiling[]
  /** The books, in the order of booking. */
  readonly ledger: readonly HisBillRow[]
  /** The archives of one person, by every form of the number and under that name. */
  archivesOf(person: Pick<ArchivedPerson, 'name' | 'idType' | 'idNumber'>): readonly Archive[]
}

/**
 * What people in the hospital do and see, without the port: no fault hits it, no request key is needed. Answers are
 * copies; a wrong number or amount throws `RangeError`.
 */
export interface HospitalOffice {
  balanceOf(patid: string): DepositBalance
  rechargesOf(patid: string): readonly Recharge[]
  holdsOf(patid: string): readonly DepositHold[]
  deductionsOf(patid: string): readonly Deduction[]
  pendingFeesOf(patid: string): readonly FeeBill[]
  appointmentsOf(patid: string): readonly Appointment[]
  /** The phone that an unverified person gave for the archive, until somebody confirms it. */
  unconfirmedPhoneOf(patid: string): string | undefined
  /** The counter saw that the phone is the patient's; only then `Archive.phone` shows it. */
  confirmPhone(patid: string): Archive
  /** Money came in: books a recharge on the account and in the day's bill. */
  charge(patid: string, charge: Charge): Recharge
  /** Keeps an amount back, e.g. for an unsettled visit; answers the lock's number. */
  lockAmount(patid: string, lock: NewAmountLock): string
  unlockAmount(lockId: string): void
  addFee(patid: string, fee: NewFee): FeeBill
  changeFee(billId: string, items: readonly FeeItem[]): FeeBill
  addReport(patid: string, report: NewReport): Report
  /** The patient was seen. */
  markVisited(appointmentId: string): Appointment
}

/** An in-process HIS that holds a plausible hospital and fails as real ones do. */
export function createSimulatedHospital({
  clock = systemClock,
  store,
  seed = DEFAULT_SEED,
  guardianUnderAge = DEFAULT_GUARDIAN_UNDER_AGE,
  refunds = 'two-phase',
  slotLockMs = DEFAULT_SLOT_LOCK_MS,
  billPageSize = DEFAULT_BILL_PAGE_SIZE,
  updatesArchives = true,
}: SimulatedHospitalOptions = {}): SimulatedHospital {
  const state = loadState(store, seed, clock.nowMs())
  const faults = new HisFaults()
  const desk = openDesk({ state, clock, seed, faults, store })
  const { archives, bindings, filings, ledger } = state
  return {
    port: offerPort(desk, { guardianUnderAge, refunds, slotLockMs, billPageSize, updatesArchives }),
    faults,
    archives,
    bindings,
    filings,
    ledger,
    archivesOf: ({ name, idType, idNumber }) =>
      findArchives(state, { name, idType, idNumbers: formsOf(idType, idNumber) }).filter((archive) =>
        sameName(archive.name, name),
      ),
    ...openOffice(desk),
  }
}
