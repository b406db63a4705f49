import type { Clock, StoredToken, TokenStore } from '@zhangyi/core'

/** The store itself failed, not the platform: surely nothing was called with a token of it. */
export class TokenStoreError extends Error {
  override readonly name = 'TokenStoreError'
}

interface Kept {
  readonly token: Promise<StoredToken | undefined>
  readonly readAtMs: number
  arrived: StoredToken | undefined
}

/**
 * The same store, read at most once in `keptMs`, however many ask at once: a caller that makes thousands of calls a
 * second must not read the database before each. Another process may have replaced the token meanwhile; the platform
 * then refuses the old one, and the client asks the store itself for its successor.
 */
export function brieflyKept(store: TokenStore, clock: Clock, keptMs: number): TokenStore {
  const kept = new Map<string, Kept>()
  const keep = (key: string, token: Promise<StoredToken | undefined>) => {
    const one: Kept = { token, readAtMs: clock.nowMs(), arrived: undefined }
    kept.set(key, one)
    token.then(
      (arrived) => {
        one.arrived = arrived
      },
      // What failed is not kept: whoever comes next asks again.
      () => kept.get(key) === one && kept.delete(key),
    )
    return token
  }
  const young = (key: string): Kept | undefined => {
    const known = kept.get(key)
    const ageMs = known ? clock.nowMs() - known.readAtMs : Number.POSITIVE_INFINITY
    return ageMs >= 0 && ageMs < keptMs ? known : undefined
  }
  return {
    read: (key) => young(key)?.token ?? keep(key, store.read(key).catch(storeFailed)),
    peek: (key) => young(key)?.arrived,
    refresh: async (key, seenToken, fetchNew) => {
      let failure: { readonly error: unknown } | undefined
      const fetchAndTell = () =>
        fetchNew().catch((error: unknown) => {
          failure = { error }
          throw error
        })
      const fresh = await store.refresh(key, seenToken, fetchAndTell).catch((error: unknown) => {
        throw failure ? failure.error : storeFailed(error)
      })
      void keep(key, Promise.resolve(fresh))
      return fresh
    },
  }
}

function storeFailed(error: unknown): never {
  throw new TokenStoreError('the token store failed', { cause: error })
}
