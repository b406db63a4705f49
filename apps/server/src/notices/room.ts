import type { Clients } from '../platform/clients/clients.ts'
import type { Jobs } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import type { NoticesEvents } from './notices-events.ts'

/** What an operation inside a caller's transaction is given. */
export interface NoticesParts extends Pick<Platform, 'clock' | 'cipher' | 'hospitals'> {
  readonly jobs: Pick<Jobs, 'wake'>
}

/** What an operation that calls WeChat is given. */
export interface NoticesRoom extends Platform, NoticesParts {
  readonly clients: Pick<Clients, 'wechat'>
  readonly events: NoticesEvents
}

export const NOTICES_WORK = 'notices.deliver'
