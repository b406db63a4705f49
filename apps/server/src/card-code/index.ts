/** （四）展码: verify, then show the card code; fallback. */
export { type CardCodeView, cardCodeViewSchema } from './card-code-view.ts'
export { countShownCodes } from './count-shown-codes.ts'
export type { CardCodeRoom } from './room.ts'
export { registerCardCodeRoutes } from './routes.ts'
