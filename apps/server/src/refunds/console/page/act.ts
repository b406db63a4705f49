import type { Hospital } from '../../../platform/hospitals/hospitals.ts'
import type { Form } from '../../../platform/http/read-form.ts'
import type { Done } from './done.ts'
import type { RefundsPage } from './page-room.ts'

/** A form that was sent, by whom and for which hospital. */
export interface Sent {
  readonly room: RefundsPage
  readonly hospital: Hospital
  /** Who works, as they signed in. */
  readonly by: string
  readonly form: Form
}

/** Does what a form asks for; throws what the interface would answer with. */
export type Act = (sent: Sent) => Promise<Done>
