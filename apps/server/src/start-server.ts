import { type Clock, systemClock } from '@zhangyi/core'
import { type App, type AppOptions, buildApp } from './app.ts'
import { Checks } from './platform/checks/checks.ts'
import { tellProblems } from './platform/checks/tell-problems.ts'
import { Cipher } from './platform/crypto/cipher.ts'
import { loadDataKey } from './platform/crypto/data-key.ts'
import { Database } from './platform/database/database.ts'
import { migrate } from './platform/database/migrate.ts'
import type { Hospitals } from './platform/hospitals/hospitals.ts'
import { refuseSimulators } from './platform/hospitals/refuse-simulators.ts'
import { installJobs, Jobs } from './platform/jobs/jobs.ts'
import { Signals } from './platform/jobs/signals.ts'
import type { Settings } from './platform/settings/settings.ts'

export interface StartOptions extends Omit<AppOptions, 'logLevel' | 'trustProxy'> {
  readonly settings: Settings
  readonly hospitals: Hospitals
  readonly databaseUrl: string
  /** Without it the schema is taken as it is (migrations run elsewhere). */
  readonly ownerDatabaseUrl?: string
  readonly clock?: Clock
  readonly fetch?: typeof fetch
}

export interface RunningServer {
  readonly app: App
  readonly origin: string
  stop(): Promise<void>
}

/** Migrates, builds, starts the background work and listens. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const {
    settings,
    hospitals,
    databaseUrl,
    ownerDatabaseUrl,
    clock = systemClock,
    fetch: send = fetch,
  } = options
  if (settings.mode === 'production') refuseSimulators(hospitals)
  if (ownerDatabaseUrl) {
    await migrate(ownerDatabaseUrl)
    await installJobs(ownerDatabaseUrl, decodeURIComponent(new URL(databaseUrl).username))
  }
  const origin = settings.publicOrigin ?? `http://127.0.0.1:${settings.port}`
  const database = new Database({ url: databaseUrl })
  const jobs = new Jobs({ url: databaseUrl, clock })
  const checks = new Checks()
  const app = await buildApp(
    {
      settings,
      clock,
      database,
      hospitals,
      cipher: new Cipher(loadDataKey(settings)),
      checks,
      publicOrigin: origin.replace(/\/+$/, ''),
      fetch: send,
      jobs,
    },
    { ...options, logLevel: settings.logLevel, trustProxy: settings.trustProxy },
  )
  await tellProblems(checks, app.http.log)
  const signals = new Signals({ url: databaseUrl, log: app.http.log })
  for (const service of app.services) await service.start(signals)
  await signals.start()
  await jobs.start(app.work, app.http.log)
  await app.http.listen({ host: settings.host, port: settings.port })
  return {
    app,
    origin,
    stop: async () => {
      await app.http.close()
      await signals.stop()
      for (const service of app.services) await service.stop()
      await jobs.stop()
      await database.close()
    },
  }
}
