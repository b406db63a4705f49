import { SECOND_MS, type StoredToken, withinDeadline } from '@zhangyi/core'
import { HealthCardError } from './errors.ts'
import { fetchAppToken } from './operations/get-app-token.ts'
import type { HealthCardOptions } from './options.ts'

const DEFAULT_MARGIN_MS = 60 * SECOND_MS

export interface TokenKeeper {
  /** The shared token, refreshed before its end. */
  current(deadline: AbortSignal): Promise<StoredToken>
  /** Another token than the one that the platform just refused. */
  replace(refused: StoredToken, deadline: AbortSignal): Promise<StoredToken>
}

/**
 * One token for all. In this process one refresh is under way at a time, however many calls wait for it; between
 * processes the store decides. A waiting call gives up at its own deadline, the refresh itself goes on.
 * Throws `HealthCardError` of `getAppToken`; a failure of the store itself passes through as it is.
 */
export function keepToken(options: HealthCardOptions): TokenKeeper {
  const { appId, hospitalId, clock, tokenStore, config = {} } = options
  const key = config.tokenPerHospital === false ? appId : `${appId}/${hospitalId}`
  const marginMs = config.tokenMarginMs ?? DEFAULT_MARGIN_MS
  // By the token that is to be replaced: who waits for a successor of the same token waits for the same refresh.
  const flights = new Map<string | undefined, Promise<StoredToken>>()

  const refresh = (seen: string | undefined): Promise<StoredToken> => {
    const underWay = flights.get(seen)
    if (underWay) return underWay
    const flight = tokenStore
      .refresh(key, seen, () => fetchAppToken(options))
      .finally(() => flights.delete(seen))
    flights.set(seen, flight)
    // All who waited may have given up by now; that is no unhandled rejection.
    flight.catch(() => {})
    return flight
  }
  const inTime = async (work: Promise<StoredToken>, deadline: AbortSignal): Promise<StoredToken> => {
    try {
      return await withinDeadline(work, deadline)
    } catch (error) {
      if (error instanceof HealthCardError || !deadline.aborted) throw error
      throw new HealthCardError('unknown', 'getAppToken', 'timeout', '')
    }
  }
  const isFresh = ({ expiresAtMs }: StoredToken) => expiresAtMs - marginMs > clock.nowMs()
  const currentOrNext = async (): Promise<StoredToken> => {
    const stored = await tokenStore.read(key)
    return stored && isFresh(stored) ? stored : refresh(stored?.token)
  }
  return {
    current: async (deadline) => {
      const known = tokenStore.peek?.(key)
      return known && isFresh(known) ? known : inTime(currentOrNext(), deadline)
    },
    replace: (refused, deadline) => inTime(refresh(refused.token), deadline),
  }
}
