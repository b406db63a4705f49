import type { Outcome, Sensitive } from '@zhangyi/core'

/** Text messages through the hospital's own gateway. */
export interface SmsSender {
  /**
   * Hands one message in. The same `requestKey` (1–64 letters, digits, `-`, `_`) is sent once, however often it is
   * asked: the gateway promises that. `yes`: the gateway took it; whether it arrived nobody knows. `no` with the code
   * `transport` speaks of this attempt only, not of an earlier one under the same key. Throws `RangeError` for a
   * key of another form, before anything is sent.
   */
  send(message: SmsMessage, requestKey: string): Promise<Outcome<void>>
}

export interface SmsMessage {
  readonly phone: Sensitive
  /** Chinese, with the hospital's name; holds the code. */
  readonly text: Sensitive
}
