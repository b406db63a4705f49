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
  ncidas: '/pages/face/ncidas',
  verifyConfirm: '/pages/verify/confirm',
  verifyReturn: '/pages/verify/return',
  verifyWaysOn: '/pages/verify/ways-on',
  verifyCode: '/pages/verify/code',
  recordsMenu: '/pages/records/menu',
  recordsList: '/pages/records/list',
  recordsTrend: '/pages/records/trend',
  recordDetail: '/pages-card/record/detail',
  cardCode: '/pages/card-code/show',
  personalData: '/pages/personal-data/show',
  visitDepartments: '/pages-visit/book/departments',
  visitSlots: '/pages-visit/book/slots',
  visitConfirm: '/pages-visit/book/confirm',
  visitOrder: '/pages-visit/order/order',
  registrations: '/pages-visit/registrations/list',
  pendingFees: '/pages-visit/fees/pending',
  paidFees: '/pages-visit/fees/paid',
  refundEntries: '/pages-refund/entries/entries',
  refundOriginal: '/pages-refund/original/original',
  refundFace: '/pages-refund/face/face',
  refundArchives: '/pages-refund/archives/archives',
  refundCase: '/pages-refund/case/case',
  refunds: '/pages-refund/list/list',
  refundOffline: '/pages-refund/offline/list',
  refundOfflineApply: '/pages-refund/offline/apply',
  refundOfflineOne: '/pages-refund/offline/application',
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
