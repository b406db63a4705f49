export interface StoredToken {
  readonly token: string
  readonly expiresAtMs: number
}

/** Where the appToken lives. Fetching a token kills its predecessor, so all processes must share one. */
export interface TokenStore {
  read(key: string): Promise<StoredToken | undefined>
  /**
   * Mutually exclusive for a key, over all processes that share the store. Whoever comes second and finds a token
   * other than `seenToken` takes that one and does not fetch.
   */
  refresh(
    key: string,
    seenToken: string | undefined,
    fetchNew: () => Promise<StoredToken>,
  ): Promise<StoredToken>
}

/** For one process. */
export function memoryTokenStore(): TokenStore {
  const tokens = new Map<string, StoredToken>()
  const underWay = new Map<string, Promise<StoredToken>>()
  return {
    read: async (key) => tokens.get(key),
    refresh: (key, seenToken, fetchNew) => {
      const current = tokens.get(key)
      if (current && current.token !== seenToken) return Promise.resolve(current)
      const flight =
        underWay.get(key) ??
        fetchNew()
          .then((fresh) => {
            tokens.set(key, fresh)
            return fresh
          })
          .finally(() => underWay.delete(key))
      underWay.set(key, flight)
      return flight
    },
  }
}
