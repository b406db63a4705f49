import { isRecord } from './api-error.ts'
import { isH5 } from './target.ts'

export type PageQuery = Readonly<Record<string, string>>

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * Decodes each value exactly once. A plus stays a plus: the platforms put codes into addresses without
 * encoding them, and a form's "plus means blank" would break such a code.
 */
export function parseSearch(search: string): PageQuery {
  const pairs = search
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=')
      return at < 0 ? [decoded(pair), ''] : [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))]
    })
  return Object.fromEntries(pairs)
}

/** The query of the page that is being loaded; call it in onLoad with what onLoad was given. */
export function pageQuery(given: Readonly<Record<string, unknown>> | undefined): PageQuery {
  // uni-app on H5 decodes more than once; the address bar has the truth.
  if (isH5) return parseSearch(window.location.search)
  const pairs = Object.entries(given ?? {}).map(([key, value]) => [key, decoded(String(value ?? ''))])
  return Object.fromEntries(pairs)
}

/**
 * H5: takes one-time codes out of the address and the history at once, without a page change. What remains
 * is only what the page needs after a reload. The mini program has no address bar.
 */
export function cleanAddress(keep: PageQuery): void {
  if (!isH5) return
  const query = Object.entries(keep).map(
    ([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`,
  )
  const search = query.length === 0 ? '' : `?${query.join('&')}`
  const { pathname } = window.location
  // The router's own state stays with the entry, it holds the position in its page stack; only the address
  // that it remembers there must lose its codes, too.
  const state: unknown = window.history.state
  const current = pathname.replace(/^\/h5/, '') + search
  window.history.replaceState(isRecord(state) ? { ...state, current } : state, '', pathname + search)
}
