import type { HisReports } from '@zhangyi/his'
import type { Clients } from '../platform/clients/clients.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Hospital } from '../platform/hospitals/hospitals.ts'
import type { Platform } from '../platform/platform.ts'
import type { Session } from '../platform/sessions/session.ts'
import type { ExplainIndicator } from './indicators/explain-indicator.ts'
import type { RecordPrinter } from './pdf/record-printer.ts'

/** What the server gives this room. */
export interface RecordsParts extends Platform {
  readonly clients: Pick<Clients, 'his'>
}

/** What the operations of this room are given. */
export interface RecordsRoom extends RecordsParts {
  /** By our table, the hospital's own, or none. */
  explainerOf(hospital: Hospital): ExplainIndicator
  readonly printer: RecordPrinter
}

/** Throws `his-refused` where the hospital's HIS offers no reports. */
export function reportsOf(room: RecordsRoom, session: Session): HisReports {
  const { reports } = room.clients.his(hospitalOf(room, session))
  if (reports) return reports
  throw new AppError('his-refused', { zh: '本院还没有开通网上查报告，请到窗口查询或打印。' })
}
