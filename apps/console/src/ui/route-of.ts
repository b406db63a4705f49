import type { RouteLocationRaw, Router } from 'vue-router'

const BASE = '/console'

/** The page of this app behind an address of the console; undefined when the server draws it itself. */
export function routeOf(router: Router, address: string): RouteLocationRaw | undefined {
  const path = address.startsWith(`${BASE}/`) ? address.slice(BASE.length) : address
  return router.resolve(path).name === 'not-found' ? undefined : path
}
