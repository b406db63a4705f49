/** （二）建档: bind-card authorisation, application form, branches, archive in the HIS, fallbacks. */
export { bindCardsWork } from './bind-cards.ts'
export { enrolmentsExport } from './console/enrolments-export.ts'
export { enrolmentHome } from './console/home-part.ts'
export { registerEnrolmentConsole } from './console/register-enrolment-console.ts'
export { type FlowView, flowViewSchema } from './flow-view.ts'
export type { CompleteInput, FormInput, PersonInput, StartInput } from './inputs.ts'
export type { EnrolmentRoom } from './room.ts'
export { registerEnrolmentRoutes } from './routes.ts'
