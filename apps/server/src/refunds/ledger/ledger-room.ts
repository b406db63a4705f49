import type { Clients } from '../../platform/clients/clients.ts'
import type { Hospitals } from '../../platform/hospitals/hospitals.ts'
import type { Operators } from '../../platform/operators/operators.ts'
import type { Platform } from '../../platform/platform.ts'

/** What the operations of the ledger are given; the command line has no more of the platform than this. */
export interface LedgerDesk extends Pick<Platform, 'clock' | 'cipher' | 'database'> {}

/** With the HIS, for questions about balances. */
export interface LedgerHis extends LedgerDesk {
  readonly hospitals: Pick<Hospitals, 'find'>
  readonly clients: Pick<Clients, 'his'>
}

/** What the operators' side is given. */
export interface LedgerConsole extends LedgerHis {
  readonly hospitals: Hospitals
  readonly operators: Pick<Operators, 'guard' | 'of'>
}
