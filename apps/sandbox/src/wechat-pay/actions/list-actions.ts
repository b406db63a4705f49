import { z } from 'zod'
import type { PayPlatform } from '../platform.ts'
import { wake } from '../platform.ts'
import { shownLate } from '../requests/late-requests.ts'
import { settingsSchema } from '../settings.ts'
import type { Act } from './act.ts'

const page = z.strictObject({ limit: z.number().int().min(1).max(1_000).default(100) })

/** What there is, newest first, and the settings. */
export function listActions(platform: PayPlatform): Readonly<Record<string, Act>> {
  const limit = (input: unknown) => page.parse(input).limit
  return {
    orders: (input) => platform.orders.newest(limit(input)),
    transfers: (input) => platform.transfers.newest(limit(input)),
    refunds: (input) => platform.refunds.newest(limit(input)),
    callbacks: (input) => platform.callbacks.newest(limit(input)),
    'under-way': () => platform.underWay.map(shownLate),
    ledger: (input) => platform.ledger.entries.slice(-limit(input)).reverse(),
    settings: (input) => {
      Object.assign(platform.settings, settingsSchema.partial().parse(input))
      wake(platform)
      return platform.settings
    },
  }
}
