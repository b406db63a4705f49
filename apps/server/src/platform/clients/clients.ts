import type { HealthCardClient } from '@zhangyi/health-card'
import type { HisPort } from '@zhangyi/his'
import type { Hospital } from '../hospitals/hospitals.ts'

/** The outside platforms of a hospital, as rooms call them. Made once for each hospital, in `app.ts`. */
export interface Clients {
  healthCard(hospital: Hospital): HealthCardClient
  his(hospital: Hospital): HisPort
}
