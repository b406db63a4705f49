export interface FieldProblem {
  readonly field: string
  readonly message: string
}

/** Why a request brought nothing, in words for the person at the screen. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** Ours, from the server's catalogue; `unreachable` and `no-answer` are made here. */
  readonly code: string
  /** 0: no answer came. */
  readonly status: number
  /** Finds the request in the server's log; empty when the request did not get there. */
  readonly traceId: string
  readonly fields: readonly FieldProblem[]

  constructor(parts: {
    code: string
    message: string
    status?: number
    traceId?: string
    fields?: readonly FieldProblem[]
  }) {
    super(parts.message)
    this.code = parts.code
    this.status = parts.status ?? 0
    this.traceId = parts.traceId ?? ''
    this.fields = parts.fields ?? []
  }
}

/** What a person is told about anything that was thrown. */
export function told(error: unknown): { message: string; traceId: string } {
  if (error instanceof ApiError) {
    const fields = error.fields.map(({ message }) => message)
    return { message: fields.length > 0 ? fields.join('；') : error.message, traceId: error.traceId }
  }
  return { message: '页面出了点问题，请刷新后再试。', traceId: '' }
}
