export { type App, type AppOptions, buildApp, VERSION } from './app.ts'
export { Checks } from './platform/checks/checks.ts'
export { Cipher } from './platform/crypto/cipher.ts'
export { Database } from './platform/database/database.ts'
export { type EmbeddedPostgres, startEmbedded } from './platform/database/embedded/embedded.ts'
export { migrate } from './platform/database/migrate.ts'
export type { Tx } from './platform/database/tx.ts'
export { CATALOGUE } from './platform/errors/catalogue.ts'
export {
  type Hospital,
  type HospitalInput,
  Hospitals,
  hospitalSchema,
  loadHospitals,
  parseHospitals,
  readSecret,
} from './platform/hospitals/hospitals.ts'
export { installJobs, Jobs } from './platform/jobs/jobs.ts'
export { loadSettings, SETTINGS, type Settings, SettingsError } from './platform/settings/settings.ts'
export { type RunningServer, type StartOptions, startServer } from './start-server.ts'
export { voidByOperator } from './verification/index.ts'
