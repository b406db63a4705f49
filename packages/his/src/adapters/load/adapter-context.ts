import type { Clock } from '@zhangyi/core'
import type { OnHisCall } from '../call/call-record.ts'

/** What a hospital's own module is handed: everything outside comes through it, so that a test can replace it. */
export interface AdapterContext {
  readonly clock: Clock
  readonly fetch: typeof fetch
  /** The content of a secret file, without the line feed at its end. */
  readonly readSecret: (file: string) => string
  /** The module's own part of the hospital's configuration, as it stands there. */
  readonly options: Readonly<Record<string, unknown>>
  /** For modules that report their calls to the call log. */
  readonly onCall: OnHisCall | undefined
}
