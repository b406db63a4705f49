import type { RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'

/** The text of an error may quote what was asked: its name and code say enough. */
export function logFailure(
  { log }: RefundsRoom,
  { id, state }: Pick<LegRow, 'id' | 'state'>,
  error: unknown,
) {
  const { name, code, message } = error as Error & { code?: string }
  // Our own words name no person.
  const own = name === 'Error' && code === undefined ? { message } : {}
  log.error({ leg: id, state, error: name, code, ...own }, 'work on a refund failed')
}
