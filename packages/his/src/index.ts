export * from './adapters/index.ts'
export * from './appointments.ts'
export * from './balances.ts'
export * from './bills.ts'
export type { LoseReply } from './conformance/check.ts'
export { type ConformanceFixtures, type KnownPerson, parseFixtures } from './conformance/fixtures.ts'
export { formatConformance } from './conformance/format-conformance.ts'
export {
  type ConformanceOptions,
  type ConformanceResult,
  runConformance,
} from './conformance/run-conformance.ts'
export * from './deductions.ts'
export * from './deposits.ts'
export * from './fees.ts'
export * from './operations.ts'
export * from './port.ts'
export * from './reports.ts'
export type { ArchivedPerson, KnownHospitalPerson } from './simulator/archived-person.ts'
export type { Charge } from './simulator/balances/charge-account.ts'
export type { NewAmountLock } from './simulator/balances/lock-amount.ts'
export type { NewFee } from './simulator/fees/add-fee.ts'
export { type HisFault, type HisFaultKind, HisFaults } from './simulator/his-faults.ts'
export type { ArchiveFiling, HospitalStore } from './simulator/hospital-state.ts'
export { KNOWN } from './simulator/known-persons.ts'
export type { NewReport } from './simulator/reports/make-report.ts'
export {
  createSimulatedHospital,
  type HospitalOffice,
  type RefundStyle,
  type SimulatedHospital,
  type SimulatedHospitalOptions,
} from './simulator/simulated-hospital.ts'
