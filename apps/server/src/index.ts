export { type App, type AppOptions, buildApp, SUCCESSES, VERSION } from './app.ts'
export {
  type ImportedBill,
  type ImportedRecharges,
  importRecharges,
  importTradeBill,
  type RechargeDesk,
  type RefusedRow,
  readRechargeCsv,
} from './payments/index.ts'
export { audited } from './platform/audit/chain/audit-work.ts'
export { type ChainPlace, chainPlaceText, parseChainPlace } from './platform/audit/chain/chain-place.ts'
export { type ChainReport, checkChain } from './platform/audit/chain/check-chain.ts'
export { type CheckReport, Checks, type Proof } from './platform/checks/checks.ts'
export { wechatPayClient } from './platform/clients/wechat-pay-client.ts'
export { Cipher } from './platform/crypto/cipher.ts'
export { dataKeyPlace, loadDataKey, readDataKey } from './platform/crypto/data-key.ts'
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
} from './platform/hospitals/hospitals.ts'
export { usageSchema } from './platform/hospitals/usage-config.ts'
export { installJobs, Jobs } from './platform/jobs/jobs.ts'
export { INSTALLATION } from './platform/operators/accounts/account.ts'
export { type DemoAccounts, ensureDemoAccounts } from './platform/operators/accounts/demo-accounts.ts'
export { ensureFirstAccount } from './platform/operators/accounts/first-account.ts'
export { type Opener, readSecret, readSecretFile, SecretError } from './platform/secrets/read-secret.ts'
export { isSealed, openSecret, sealSecret } from './platform/secrets/sealed-secret.ts'
export { secretOpener } from './platform/secrets/secret-opener.ts'
export { writeSecretFile } from './platform/secrets/write-secret-file.ts'
export { type KeyPlace, keyPlaces } from './platform/settings/console/key-places.ts'
export { loadSettings, SETTINGS, type Settings, SettingsError } from './platform/settings/settings.ts'
export {
  AGE_WORDS,
  CASE_WORDS,
  type CaseDetail,
  caseDetail,
  failWord,
  findCaseId,
  importBalances,
  type LedgerDesk,
  ledgerFile,
  ledgerSummary,
  listOpenLegs,
  ROUTE_WORDS,
  refreshBalances,
  stateOfLeg,
  stateOfNumber,
  stepActor,
  stepWord,
  WAY_WORDS,
} from './refunds/index.ts'
export { type CheckedRooms, type CheckRun, runChecks } from './run-checks.ts'
export { type RunningServer, type StartOptions, startServer } from './start-server.ts'
export {
  dayCompleteness,
  daysBetween,
  listDepartments,
  listParked,
  PARK_REASONS,
  type ParkReason,
  REASON_TEXTS,
  releaseParked,
  reportCsv,
  sceneName,
  type UsageDesk,
  type UsageHospital,
  usageProblems,
} from './usage/index.ts'
export { voidByOperator } from './verification/index.ts'
