/** HTTP status of each error code, as the merchant pages list them. */
const STATUS = {
  PARAM_ERROR: 400,
  INVALID_REQUEST: 400,
  ALREADY_EXISTS: 400,
  APPID_MCHID_NOT_MATCH: 400,
  ORDERPAID: 400,
  ORDER_CLOSED: 400,
  NO_STATEMENT_EXIST: 400,
  STATEMENT_CREATING: 400,
  SIGN_ERROR: 401,
  NO_AUTH: 403,
  NOT_ENOUGH: 403,
  OUT_TRADE_NO_USED: 403,
  USER_ACCOUNT_ABNORMAL: 403,
  TRADE_ERROR: 403,
  NOT_FOUND: 404,
  ORDER_NOT_EXIST: 404,
  RESOURCE_NOT_EXISTS: 404,
  FREQUENCY_LIMITED: 429,
  SYSTEM_ERROR: 500,
} as const

export type PayErrorCode = keyof typeof STATUS

/** An answer of WeChat Pay that is not 2xx: `{code, message, detail?}`, without signature. */
export class PayRefusal extends Error {
  override readonly name = 'PayRefusal'
  readonly code: PayErrorCode
  readonly detail: unknown

  constructor(code: PayErrorCode, message: string, detail?: unknown) {
    super(message)
    this.code = code
    this.detail = detail
  }

  get status(): number {
    return STATUS[this.code]
  }

  toJSON(): object {
    const { code, message, detail } = this
    return { code, message, ...(detail !== undefined && { detail }) }
  }
}
