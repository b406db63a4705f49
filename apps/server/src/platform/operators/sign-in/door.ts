import type { Clock } from '@zhangyi/core'
import type { Cipher } from '../../crypto/cipher.ts'
import type { Database } from '../../database/database.ts'
import type { Settings } from '../../settings/settings.ts'

/** What signing in needs. */
export interface Door {
  readonly database: Database
  readonly clock: Clock
  readonly cipher: Cipher
  readonly settings: Pick<
    Settings,
    'mode' | 'operatorSecondFactor' | 'operatorIdleMinutes' | 'operatorPasswordDays'
  >
}

/** In production unless a setting says otherwise; who tries the gateway out has no phone at hand. */
export function wantsSecondFactor({ settings }: Pick<Door, 'settings'>): boolean {
  return settings.operatorSecondFactor ?? settings.mode === 'production'
}
