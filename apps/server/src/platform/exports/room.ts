import type { Jobs } from '../jobs/jobs.ts'
import type { OperatorsRoom } from '../operators/session-routes.ts'
import type { Platform } from '../platform.ts'
import type { AnyExportKind } from './export-kind.ts'

export const EXPORTS_WORK = 'platform.exports'

export interface ExportsWorkRoom
  extends Pick<Platform, 'database' | 'clock' | 'cipher' | 'hospitals' | 'settings' | 'log'> {
  readonly kinds: readonly AnyExportKind[]
}

export interface ExportsRoom extends OperatorsRoom, ExportsWorkRoom {
  readonly jobs: Pick<Jobs, 'wake'>
}
