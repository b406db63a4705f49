import type { Clock } from '@zhangyi/core'
import type { Checks } from './checks/checks.ts'
import type { Cipher } from './crypto/cipher.ts'
import type { Database } from './database/database.ts'
import type { Hospitals } from './hospitals/hospitals.ts'
import type { Log } from './log.ts'
import type { Settings } from './settings/settings.ts'

/** What every room is given. Platform knows no room. */
export interface Platform {
  readonly settings: Settings
  readonly clock: Clock
  readonly database: Database
  readonly cipher: Cipher
  readonly hospitals: Hospitals
  readonly checks: Checks
  readonly log: Log
  /** `https://…` without a slash at the end: where patients reach us. */
  readonly publicOrigin: string
  /** For outside calls; a simulation answers in-process. */
  readonly fetch: typeof fetch
}
