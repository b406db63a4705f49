import { no, type Outcome, unknown } from '../outcome.ts'
import { causeOf, wasNeverSent } from './failure-of-fetch.ts'
import { withinDeadline } from './within-deadline.ts'

/** The `no` code of a call that surely never reached the other side. */
export const TRANSPORT = 'transport'

/**
 * Carries an exchange out once, never again. `no(TRANSPORT)` only if nothing was sent; any other failure leaves open
 * what the other side did. Never throws for what the network does.
 */
export async function attemptOnce<T>(
  deadline: AbortSignal,
  exchange: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  if (deadline.aborted) return no(TRANSPORT, 'no time was left to send')
  try {
    return await withinDeadline(exchange(), deadline)
  } catch (error) {
    if (wasNeverSent(error)) return no(TRANSPORT, 'the connection was never made')
    return unknown(deadline.aborted ? 'timeout' : causeOf(error))
  }
}
