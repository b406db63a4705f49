import type { OrderRow } from '../tables.ts'

/** Given up or past its time: it is to be closed, unless it was paid before. */
export function isOver(row: Pick<OrderRow, 'close_wished_at_ms' | 'expires_at_ms'>, nowMs: number): boolean {
  return row.close_wished_at_ms !== null || nowMs >= row.expires_at_ms
}
