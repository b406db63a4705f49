export interface StoredToken {
  readonly token: string
  readonly expiresAtMs: number
}

/** Where access tokens live. Fetching one may kill its predecessor, so all processes must share them. */
export interface TokenStore {
  read(key: string): Promise<StoredToken | undefined>
  /** What is known without asking anybody, for a caller that makes thousands of calls a second; may be absent. */
  peek?(key: string): StoredToken | undefined
  /**
   * Mutually exclusive for a key, over all processes that share the store. Whoever comes second and finds a token
   * other than `seenToken` takes that one and does not fetch. A failed `fetchNew` leaves the store as it was.
   */
  refresh(
    key: string,
    seenToken: string | undefined,
    fetchNew: () => Promise<StoredToken>,
  ): Promise<StoredToken>
}

/** For one process. Several clients may share it, as several processes share a database. */
export function memoryTokenStore(): TokenStore {
  const tokens = new Map<string, StoredToken>()
  const queues = new Map<string, Promise<unknown>>()
  return {
    read: async (key) => tokens.get(key),
    refresh: (key, seenToken, fetchNew) => {
      const turn = async (): Promise<StoredToken> => {
        const current = tokens.get(key)
        if (current && current.token !== seenToken) return current
        const fresh = await fetchNew()
        tokens.set(key, fresh)
        return fresh
      }
      // Queued behind whoever holds the key; another's failure is not ours, we then fetch ourselves.
      const mine = (queues.get(key) ?? Promise.resolve()).then(turn, turn)
      queues.set(key, mine)
      return mine
    },
  }
}
