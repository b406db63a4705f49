/** （二）建档: bind-card authorisation, application form, branches, archive in the HIS, fallbacks. */
export { bindCardsWork } from './bind-cards.ts'
export { type FlowView, flowViewSchema } from './flow-view.ts'
export type { CompleteInput, FormInput, PersonInput, StartInput } from './inputs.ts'
export type { EnrolmentRoom } from './room.ts'
export { registerEnrolmentRoutes } from './routes.ts'
