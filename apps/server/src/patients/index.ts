/** 就诊人: people, links, default, relation, cards, consent versions. */
export { type ArchiveCard, archiveCards } from './archive-cards.ts'
export { changePhone, type PhoneChange } from './change-phone.ts'
export { hasConsent, requireConsent } from './consent.ts'
export { patientsHome } from './console/home-part.ts'
export { registerPatientsConsole } from './console/register-patients-console.ts'
export {
  type CardToLink,
  linkPatient,
  type PatientToLink,
  type PersonToLink,
  personIndex,
} from './link-patient.ts'
export { findPatient, listPatients } from './list-patients.ts'
export { type PatientCard, patientCard } from './patient-card.ts'
export { patientHolder } from './patient-holder.ts'
export { type PatientView, patientView, patientViewSchema } from './patient-view.ts'
export type { PatientsEvents } from './patients-events.ts'
export { RELATIONS, type Relation } from './relations.ts'
export { registerPatientsRoutes } from './routes.ts'
export type { CardState, PatientRow } from './tables.ts'
export {
  isUnconfirmedArchive,
  lacksResidentId,
  markUnconfirmedArchive,
  markUnconfirmedPerson,
  unmarkUnconfirmedPerson,
} from './unconfirmed-archive.ts'
export { usersOfArchives } from './users-of-archives.ts'
export { withOwnPatient } from './with-own-patient.ts'
