export type CallbackProblem =
  /** Not of the form of a callback. */
  | 'malformed'
  | 'too-large'
  /** Without `Encrypt`: safe mode is not switched on, or somebody else wrote it. */
  | 'not-encrypted'
  | 'signature'
  /** Its timestamp is too far from our clock: a replay. */
  | 'stale'
  /** Signed, but it does not open with our EncodingAESKey. */
  | 'cipher'
  /** It opened, and is for another appid. */
  | 'appid'

/** A callback that is refused. Holds nothing of what it brought. */
export class WechatCallbackError extends Error {
  override readonly name = 'WechatCallbackError'
  readonly problem: CallbackProblem

  constructor(problem: CallbackProblem) {
    super(`callback refused: ${problem}`)
    this.problem = problem
  }
}
