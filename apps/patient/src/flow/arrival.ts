import { isRecord } from '../platform/api-error.ts'
import type { PageQuery } from '../platform/page-query.ts'
import { forget, recall, remember, storageKey } from '../platform/storage.ts'
import { FLOW_TTL_MS } from './flow-storage.ts'

/** How the platform sent the person back. */
export type Arrival =
  | { readonly kind: 'health-code' | 'reg-info-code' | 'auth-code'; readonly code: string }
  | { readonly kind: 'failed' }

const CODES = [
  ['healthCode', 'health-code'],
  ['regInfoCode', 'reg-info-code'],
  ['authCode', 'auth-code'],
] as const

const isArrival = (value: unknown): value is Arrival =>
  isRecord(value) &&
  (value['kind'] === 'failed' ||
    (CODES.some(([, kind]) => kind === value['kind']) && typeof value['code'] === 'string'))
const arrivalKey = (flow: string) => storageKey(`flow.${flow}.arrival`, isArrival)

/** Reads the landing address; undefined when it carries no outcome (a reload, or a link from nowhere). */
export function readArrival(query: PageQuery): Arrival | undefined {
  for (const [name, kind] of CODES) {
    const code = query[name]
    // A platform that did not fill its placeholder in has no code for us.
    if (code && !code.startsWith('${')) return { kind, code }
  }
  return query['failed'] === undefined ? undefined : { kind: 'failed' }
}

/** Kept until the gateway has confirmed it, at most as long as the code lives: a lost answer is asked for again. */
export function rememberArrival(flow: string, arrival: Arrival): void {
  remember(arrivalKey(flow), arrival, FLOW_TTL_MS)
}

export function recallArrival(flow: string): Arrival | undefined {
  return recall(arrivalKey(flow))
}

export function forgetArrival(flow: string): void {
  forget(arrivalKey(flow))
}
