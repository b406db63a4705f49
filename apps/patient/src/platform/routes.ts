/** Every page by name, so that no page spells another one's path. Planned pages stand here once they exist. */
export const routes = {
  home: '/pages/home/home',
  webView: '/pages/web-view/web-view',
  enrolment: '/pages/enrolment/start',
  patients: '/pages/patients/list',
} as const

export type Route = (typeof routes)[keyof typeof routes]
export type Query = Readonly<Record<string, string | number | undefined>>

export function routeUrl(route: string, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`],
  )
  return pairs.length === 0 ? route : `${route}?${pairs.join('&')}`
}
