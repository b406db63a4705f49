import { MONEY_TRADES } from './money-trades.ts'
import { PATIENT_TRADES } from './patient-trades.ts'
import { REPORT_TRADES } from './report-trades.ts'
import type { Trade } from './trade.ts'
import { VISIT_TRADES } from './visit-trades.ts'

/** Everything that the dialect knows; `dialect.md` says the same in words. */
export const TRADES: readonly Trade[] = [
  ...PATIENT_TRADES,
  ...MONEY_TRADES,
  ...VISIT_TRADES,
  ...REPORT_TRADES,
]
