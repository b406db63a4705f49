import { get, post } from '../../../api/request.ts'
import type { Stop } from '../refunds-api.ts'

export interface FundAccount {
  readonly mchid: string
  readonly availableFen: number | null
  readonly balanceFen: number | null
  readonly asOfMs: number | null
  readonly source: 'api' | 'statement' | 'operator' | null
  readonly toppedUpFen: number
  readonly reservedFen: number
  readonly drySinceMs: number | null
  readonly lowFundsFen: number
  readonly expectedFen: number
}

export interface FundAlarm {
  readonly kind: string
  readonly sinceMs: number
  readonly availableFen: number | null
  readonly neededFen: number
  readonly seenBy: string | null
  readonly seenAtMs: number | null
}

export interface TurnedAway {
  readonly count: number
  readonly amountFen: number
  readonly patients: readonly {
    readonly legId: string
    readonly caseId: string
    readonly patientName: string
    readonly cardNumber: string
    readonly amountFen: number
    readonly sinceMs: number
    readonly retryUntilMs: number | null
    readonly toldAtMs: number | null
  }[]
}

export interface TopUp {
  readonly id: string
  readonly amountFen: number
  readonly atMs: number
  readonly notedBy: string
}

export interface Funds {
  readonly accounts: readonly FundAccount[]
  readonly stop: Stop | null
  readonly alarms: readonly FundAlarm[]
  readonly turnedAway: TurnedAway
  readonly topUps: readonly TopUp[]
}

export const fundsApi = {
  read: (hospital: string, signal: AbortSignal) => get<Funds>('/refunds/funds', { hospital }, signal),
  topUp: (hospital: string, amountFen: number) => post('/refunds/funds/top-up', { hospital, amountFen }),
  balance: (hospital: string, balanceFen: number) => post('/refunds/funds/balance', { hospital, balanceFen }),
  seeAlarm: (hospital: string, kind: string) => post(`/refunds/alarms/${kind}/seen`, { hospital }),
  stop: (hospital: string, stopped: boolean, reason: string) =>
    post('/refunds/stop', { hospital, stopped, reason }),
}
