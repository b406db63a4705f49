import type { Recharge } from '../balances.ts'
import type { HisBillRow } from '../bills.ts'
import type { FeeBill, FeePosting } from '../fees.ts'
import type { Archive, CardBinding, NewArchive } from '../port.ts'
import type { Report } from '../reports.ts'
import type { RequestBook } from './answer-once.ts'
import type { KeptAppointment, KeptSlotLock } from './appointments/kept-appointment.ts'
import { seedAppointments } from './appointments/seed-appointments.ts'
import type { AmountLock, Spending } from './balances/kept-account.ts'
import { seedAccounts } from './balances/seed-accounts.ts'
import type { KeptDeduction } from './deductions/kept-deduction.ts'
import type { KeptHold } from './deposits/kept-hold.ts'
import { seedFees } from './fees/seed-fees.ts'
import { seedArchives } from './seed-archives.ts'

/** What the gateway asked to be filed, as it came: guardian and verification are not in an `Archive`. */
export interface ArchiveFiling {
  readonly patid: string
  readonly filedAtMs: number
  readonly filed: NewArchive
}

/** A bill at the cashier's: waiting until `postingId` says what paid it. */
export interface KeptFee {
  bill: FeeBill
  postingId?: string
}

export interface KeptPosting {
  readonly requestKey: string
  readonly posting: FeePosting
}

export interface HospitalState {
  /** What the seed made keeps its dates: they are counted back from here. */
  readonly openedAtMs: number
  readonly archives: Archive[]
  readonly bindings: CardBinding[]
  readonly filings: ArchiveFiling[]
  readonly requests: RequestBook
  /** For the hospital's own numbers. */
  readonly counter: { serial: number }
  readonly recharges: Recharge[]
  readonly spendings: Spending[]
  readonly amountLocks: AmountLock[]
  readonly holds: KeptHold[]
  readonly deductions: KeptDeduction[]
  /** Append-only, so a day's pages stay what they were. */
  readonly ledger: HisBillRow[]
  readonly slotLocks: KeptSlotLock[]
  readonly appointments: KeptAppointment[]
  readonly fees: KeptFee[]
  readonly postings: KeptPosting[]
  /** Those that were added; what the seed makes is made again from it. */
  readonly reports: Report[]
}

/** Where the hospital is kept over restarts; a file store of the sandbox fits. */
export interface HospitalStore {
  load(): unknown
  save(state: unknown): void
}

/** What was kept; a store of an earlier version gets what it lacks, as a new hospital would. */
export function loadState(store: HospitalStore | undefined, seed: number, nowMs: number): HospitalState {
  const kept = (store?.load() ?? {}) as Partial<HospitalState>
  const openedAtMs = kept.openedAtMs ?? nowMs
  const accounts = kept.recharges ? undefined : seedAccounts(seedArchives(seed), seed, openedAtMs)
  return {
    openedAtMs,
    archives: kept.archives ?? [...seedArchives(seed)],
    bindings: kept.bindings ?? [],
    filings: kept.filings ?? [],
    requests: kept.requests ?? {},
    counter: kept.counter ?? { serial: 0 },
    recharges: kept.recharges ?? accounts?.recharges ?? [],
    spendings: kept.spendings ?? accounts?.spendings ?? [],
    amountLocks: kept.amountLocks ?? accounts?.amountLocks ?? [],
    holds: kept.holds ?? [],
    deductions: kept.deductions ?? [],
    ledger: kept.ledger ?? accounts?.ledger ?? [],
    slotLocks: kept.slotLocks ?? [],
    appointments: kept.appointments ?? seedAppointments(seed, openedAtMs),
    fees: kept.fees ?? seedFees(openedAtMs),
    postings: kept.postings ?? [],
    reports: kept.reports ?? [],
  }
}

/** A number of the hospital's own, never given twice. */
export function nextNumber(state: HospitalState, prefix: string): string {
  state.counter.serial += 1
  return `${prefix}${String(state.counter.serial).padStart(8, '0')}`
}
