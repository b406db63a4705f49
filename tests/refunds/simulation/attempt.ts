import { AppError } from '../../../apps/server/src/platform/errors/catalogue.ts'
import { Crash } from './server.ts'

/** Refused, unavailable, or the process died: all of that is allowed; what it did, the books tell. Anything else is not. */
export async function attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof AppError || error instanceof Crash) return undefined
    throw error
  }
}

/** At the same time; each may be refused. */
export async function together(...acts: readonly (() => Promise<unknown>)[]): Promise<void> {
  const ends = await Promise.allSettled(acts.map(attempt))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
