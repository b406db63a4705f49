import { requestTexts } from '../texts/common.ts'

export type FieldError = { readonly field: string; readonly message: string }

export type ApiError = {
  /** One of the server's catalogue, or of `requestTexts` for what went wrong on the way. */
  readonly code: string
  /** Chinese, to be shown as it is. */
  readonly message: string
  /** Empty when the request never reached the server. */
  readonly traceId: string
  readonly fields?: readonly FieldError[]
  /** Unknown when no answer came: a call that changes something may have happened, so ask, do not repeat. */
  readonly happened: 'no' | 'unknown'
}

export type ApiResult<T> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly error: ApiError }

export function localError(code: keyof typeof requestTexts, traceId = ''): ApiError {
  return { code, message: requestTexts[code], traceId, happened: 'unknown' }
}

/** Reads `{"error":{code,message,traceId,fields}}`; anything else (a proxy's HTML page) becomes BAD_RESPONSE. */
export function readApiError(status: number, body: unknown, traceId = ''): ApiError {
  const error = isRecord(body) ? body['error'] : undefined
  if (!isRecord(error) || typeof error['code'] !== 'string' || typeof error['message'] !== 'string') {
    return localError('BAD_RESPONSE', traceId)
  }
  const fields = Array.isArray(error['fields']) ? error['fields'].filter(isFieldError) : []
  return {
    code: error['code'],
    message: error['message'],
    traceId: typeof error['traceId'] === 'string' ? error['traceId'] : traceId,
    ...(fields.length > 0 ? { fields } : {}),
    // A 5xx may come after the work was done.
    happened: status >= 400 && status < 500 ? 'no' : 'unknown',
  }
}

/** The messages of a form's fields by field name. */
export function fieldMessages(error: ApiError | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((error?.fields ?? []).map(({ field, message }) => [field, message]))
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isFieldError(value: unknown): value is FieldError {
  return isRecord(value) && typeof value['field'] === 'string' && typeof value['message'] === 'string'
}
