const BASE = '/console'

/** The page of this app behind an address of the console, as the router says it: without the base. */
export function routeOf(address: string): string {
  return address.startsWith(`${BASE}/`) ? address.slice(BASE.length) : address
}
