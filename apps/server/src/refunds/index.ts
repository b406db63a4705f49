/** 门诊预交金退款: cases, legs, expiry, reissue, offline applications, 台账. */
export { campaignsWork } from './campaigns/campaigns-work.ts'
export { registerCampaignApi } from './campaigns/register-campaign-api.ts'
export { type CaseDetail, caseDetail } from './console/case-detail.ts'
export { findCaseId } from './console/find-case-id.ts'
export { refundsHome } from './console/home-part.ts'
export { refundsExport } from './console/list/refunds-export.ts'
export { listOpenLegs } from './console/list-open-legs.ts'
export { registerRefundConsole } from './console/routes.ts'
export {
  CASE_WORDS,
  failWord,
  ROUTE_WORDS,
  stateOfLeg,
  stateOfNumber,
  stepActor,
  stepWord,
  WAY_WORDS,
} from './console/state-words.ts'
export { registerCounterApi } from './counter/register-counter-api.ts'
export { fundsWatchWork } from './funds-watch/funds-watch-work.ts'
export { registerAlarmApi } from './funds-watch/register-alarm-api.ts'
export { balancesExport, wholeLedgerExport } from './ledger/balances-export.ts'
export { importBalances } from './ledger/import-balances.ts'
export { ledgerFile } from './ledger/ledger-file.ts'
export type { LedgerDesk } from './ledger/ledger-room.ts'
export { AGE_WORDS, ledgerSummary } from './ledger/ledger-summary.ts'
export { ledgerWork } from './ledger/ledger-work.ts'
export { noticesEvents } from './ledger/note-notices.ts'
export { refreshBalances } from './ledger/refresh-balances.ts'
export { registerLedgerApi } from './ledger/register-ledger-api.ts'
export { refundsWork } from './legs/legs-work.ts'
export { registerOfflineApi, registerOfflineRoutes } from './offline/index.ts'
export { refundsEvents } from './refunds-events.ts'
export type { RefundsRoom } from './room.ts'
export { registerRefundRoutes } from './routes.ts'
