import { type Clock, systemClock } from '@zhangyi/core'
import { buildApp } from './app.ts'
import { type CheckReport, Checks, type Proof } from './platform/checks/checks.ts'
import { Cipher } from './platform/crypto/cipher.ts'
import { loadDataKey } from './platform/crypto/data-key.ts'
import type { Database } from './platform/database/database.ts'
import type { Hospitals } from './platform/hospitals/hospitals.ts'
import type { Settings } from './platform/settings/settings.ts'

export interface CheckRun {
  readonly settings: Settings
  readonly hospitals: Hospitals
  readonly database: Database
  readonly clock?: Clock
  readonly fetch?: typeof fetch
}

export interface CheckedRooms {
  readonly reports: readonly CheckReport[]
  readonly proofs: readonly Proof[]
}

/** Every check of the rooms, those that call outside too, without serving: nothing listens, no work is done. */
export async function runChecks({
  settings,
  hospitals,
  database,
  clock = systemClock,
  fetch: send = fetch,
}: CheckRun): Promise<CheckedRooms> {
  const checks = new Checks()
  const origin = settings.publicOrigin ?? `http://127.0.0.1:${settings.port}`
  const { http } = await buildApp(
    {
      ...{ settings, hospitals, database, clock, checks, fetch: send },
      ...{ cipher: new Cipher(loadDataKey(settings)), publicOrigin: origin.replace(/\/+$/, '') },
      jobs: { wake: async () => {} },
    },
    // Whoever reads the report reads no log.
    { logLevel: 'fatal', logStream: { write: () => {} } },
  )
  try {
    await http.ready()
    return { reports: await checks.run(), proofs: checks.proofs }
  } finally {
    await http.close()
  }
}
