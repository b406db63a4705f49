import { sql } from 'kysely'
import type { Tx } from '../database/tx.ts'
import { currentTraceId } from '../http/trace.ts'

export type CallbackPlatform = 'wechat-pay' | 'weixin' | 'health-card'
/** `none`: the platform signs nothing; a code of one use is exchanged instead. */
export type SignatureResult = 'good' | 'bad' | 'none'
/** `stored`: worked in a moment. `foreign`: about nothing of ours. `ignored`: of a kind that we take no notice of. */
export type CallbackOutcome = 'stored' | 'handled' | 'duplicate' | 'foreign' | 'ignored' | 'refused'

export interface CallbackRecord {
  readonly receivedAtMs: number
  readonly platform: CallbackPlatform
  readonly kind: string
  readonly signature: SignatureResult
  readonly number: string
  /** By which `endCallback` finds it. */
  readonly key?: string
  readonly outcome: CallbackOutcome
  readonly code?: string
  /** Chosen one by one: numbers, states, sums. Nothing that leads to a person. */
  readonly facts?: Readonly<Record<string, string | number | null>>
}

// Whatever a stranger sends has an end.
const LONGEST_TEXT = 128

/** In the transaction that stores what came, or in one of its own. */
export function recordCallback(tx: Tx, record: CallbackRecord): void {
  const { receivedAtMs, platform, kind, signature, number, key = '', outcome, code = '', facts = {} } = record
  const short = (text: string) => text.slice(0, LONGEST_TEXT)
  tx.later(sql`
    INSERT INTO callback (hospital_id, received_at_ms, platform, kind, signature, number, key, outcome, code, trace_id, facts)
    VALUES (${tx.hospitalId}, ${receivedAtMs}, ${platform}, ${short(kind)}, ${signature}, ${short(number)}, ${short(key)},
      ${outcome}, ${short(code)}, ${currentTraceId()}, ${JSON.stringify(facts)}::jsonb)`)
  tx.changed('callbacks')
}

/** What became of a stored one. */
export function endCallback(
  tx: Tx,
  platform: CallbackPlatform,
  key: string,
  outcome: Extract<CallbackOutcome, 'handled' | 'foreign'>,
): void {
  tx.later(sql`
    UPDATE callback SET outcome = ${outcome}
    WHERE hospital_id = ${tx.hospitalId} AND platform = ${platform} AND key = ${key.slice(0, LONGEST_TEXT)}
      AND outcome = 'stored'`)
  tx.changed('callbacks')
}
