/** Every page by name, so that no page spells another one's path. */
export const routes = {
  home: '/pages/home/home',
  consent: '/pages/consent/consent',
  webView: '/pages/web-view/web-view',
  enrolmentStart: '/pages/enrolment/start',
  enrolmentReturn: '/pages/enrolment/return',
  enrolmentForm: '/pages/enrolment/form',
  chooseArchive: '/pages/enrolment/choose-archive',
  completeArchive: '/pages/enrolment/complete',
  enrolmentDone: '/pages/enrolment/done',
  waysOn: '/pages/enrolment/ways-on',
  visitCard: '/pages/enrolment/visit-card',
  face: '/pages/face/face',
  patients: '/pages/patients/list',
  patient: '/pages/patients/detail',
  /** Mini program only: the subpackage that carries the card platform's plugin. */
  cardPlugin: '/pages-card/card-plugin/card-plugin',
} as const

export type Route = (typeof routes)[keyof typeof routes]
export type Query = Readonly<Record<string, string | number | undefined>>

export function routeUrl(route: string, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`],
  )
  return pairs.length === 0 ? route : `${route}?${pairs.join('&')}`
}
