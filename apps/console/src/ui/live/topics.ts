import '@tanstack/vue-query'

declare module '@tanstack/vue-query' {
  interface Register {
    queryMeta: {
      /** What it shows, as the server calls it when it changes; `*` shows something of everything. */
      readonly topics?: readonly string[]
    }
  }
}

/** Whether what a query shows has changed. */
export function isTouched(topics: readonly string[] | undefined, changed: ReadonlySet<string>): boolean {
  if (!topics) return false
  return changed.has('*') || topics.some((topic) => topic === '*' || changed.has(topic))
}
