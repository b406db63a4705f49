import { AppError } from '../errors/catalogue.ts'
import type { Platform } from '../platform.ts'
import type { Session } from '../sessions/session.ts'
import { recordCallback } from './record-callback.ts'
import { recordRefusal } from './record-refusal.ts'

export interface Return {
  /** What comes back, as `health-code`. */
  readonly kind: string
  /** Our own id of what the patient was in the middle of. */
  readonly number: string
}

/**
 * The health card platform calls nobody: it sends the patient's browser back with a code of one use. Runs what is done with
 * it, and keeps that it came and what it led to; never the code.
 */
export async function withReturn<T>(
  room: Pick<Platform, 'database' | 'clock' | 'log'>,
  { hospitalId }: Pick<Session, 'hospitalId'>,
  { kind, number }: Return,
  work: () => Promise<T>,
): Promise<T> {
  const about = { platform: 'health-card', kind, signature: 'none', number } as const
  try {
    const result = await work()
    await room.database
      .inTransaction(hospitalId, (tx) =>
        recordCallback(tx, { ...about, receivedAtMs: room.clock.nowMs(), outcome: 'handled' }),
      )
      .catch((error: unknown) => room.log.warn({ err: error }, 'a return could not be kept'))
    return result
  } catch (error) {
    await recordRefusal(room, hospitalId, {
      ...about,
      code: error instanceof AppError ? error.code : 'internal',
    })
    throw error
  }
}
