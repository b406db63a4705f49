import { ApiError } from './api-error.ts'

/** What the server says about one field of a form. */
export function fieldProblem(error: unknown, field: string): string | undefined {
  return error instanceof ApiError ? error.fields.find((one) => one.field === field)?.message : undefined
}

/** An error that no field of the form shows by itself. */
export function otherProblem(error: unknown, fields: readonly string[]): unknown {
  const isShown = fields.some((field) => fieldProblem(error, field) !== undefined)
  return isShown ? undefined : error
}
