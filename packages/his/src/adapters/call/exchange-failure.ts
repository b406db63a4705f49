/**
 * A question that brought no usable reply. `not-encodable`: it surely never left, because it cannot be
 * written for the HIS, e.g. a name with a character that its charset lacks. Every other code leaves open what the HIS did.
 */
export class ExchangeFailure extends Error {
  override readonly name = 'ExchangeFailure'
  /** Short and without personal data, e.g. `timeout`, `http-503`, `malformed`, `soap-fault`. */
  readonly code: string

  constructor(code: string, detail?: string) {
    super(detail === undefined ? code : `${code}: ${detail}`)
    this.code = code
  }
}

export const NOT_ENCODABLE = 'not-encodable'
export const MALFORMED = 'malformed'
