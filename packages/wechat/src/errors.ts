export type FailureKind = 'refused' | 'unavailable'

export interface FailureFacts {
  readonly errcode?: number | undefined
  /** Why there is no answer, e.g. `timeout`, `http-502`, `malformed`, `transport`; for a refusal the errcode as text. */
  readonly code: string
  readonly rid?: string | undefined
}

/**
 * A read that gave no answer.
 *
 * - `refused`: WeChat answered with an errcode; asking again in the same way gives the same.
 * - `unavailable`: no usable answer (never sent, time-out, 5xx, malformed, or errcode -1: busy).
 *
 * Neither message nor fields hold a token, a secret, an openid, a one-use code or anything of a person.
 */
export class WechatError extends Error {
  override readonly name = 'WechatError'
  readonly kind: FailureKind
  readonly operation: string
  readonly errcode: number | undefined
  readonly code: string
  /** WeChat's own number of the request, for its support. */
  readonly rid: string | undefined

  constructor(kind: FailureKind, operation: string, { errcode, code, rid }: FailureFacts) {
    super(`${operation}: ${kind} ${code}${rid === undefined ? '' : ` (rid ${rid})`}`)
    this.kind = kind
    this.operation = operation
    this.errcode = errcode
    this.code = code
    this.rid = rid
  }
}

export type InputProblem =
  | 'empty'
  | 'too-long'
  | 'characters'
  | 'form'
  | 'range'
  | 'missing'
  | 'not-approved'
  | 'unknown-type'

/** A value that WeChat would refuse; thrown before anything is sent. Names the field, never its value. */
export class WechatInputError extends Error {
  override readonly name = 'WechatInputError'
  readonly field: string
  readonly problem: InputProblem

  constructor(field: string, problem: InputProblem) {
    super(`${field}: ${problem}`)
    this.field = field
    this.problem = problem
  }
}

/** For a text of a known form. Throws `WechatInputError`. */
export function requireForm(field: string, value: string, form: RegExp): string {
  if (value === '') throw new WechatInputError(field, 'empty')
  if (value.search(form) !== 0) throw new WechatInputError(field, 'form')
  return value
}
