import type { PageQuery } from '../platform/page-query.ts'

// What a page needs to find itself again after signing in. Everything else stays behind: above all the
// one-time codes, which the page has put into storage before it asked the gateway for anything.
const KEPT = [
  'flow',
  'intent',
  'patientId',
  'id',
  'next',
  'purpose',
  'kind',
  'key',
  'indicator',
  'fresh',
  'choose',
  'verification',
  'fallback',
  'departmentId',
  'slotId',
  'day',
]
// The gateway takes no other characters in an address to return to.
const PLAIN = /^[A-Za-z0-9\-_.]{1,100}$/

/** Where to return to after signing in: the present path without one-time codes. */
export function cleanPath(pathname: string, query: PageQuery): string {
  const path = /^\/h5\/[A-Za-z0-9\-_/]*$/.test(pathname) ? pathname : '/h5/'
  const kept = KEPT.flatMap((name) => {
    const value = query[name]
    return value !== undefined && PLAIN.test(value) ? [`${name}=${value}`] : []
  })
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`
}
