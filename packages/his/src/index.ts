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
export { type HisFault, type HisFaultKind, HisFaults } from './simulator/his-faults.ts'
export type { ArchiveFiling, HospitalStore } from './simulator/hospital-state.ts'
export { KNOWN } from './simulator/known-persons.ts'
export {
  createSimulatedHospital,
  type SimulatedHospital,
  type SimulatedHospitalOptions,
} from './simulator/simulated-hospital.ts'
