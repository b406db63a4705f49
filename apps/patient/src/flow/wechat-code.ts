import { isPurpose } from '../api/verification-readers.ts'
import type { VerificationWish } from '../api/verification-types.ts'
import { isRecord } from '../platform/api-error.ts'
import type { PageQuery } from '../platform/page-query.ts'
import { type Query, type Route, routes } from '../platform/routes.ts'
import { forget, recall, remember, storageKey } from '../platform/storage.ts'
import { FLOW_TTL_MS, type FlowOrigin, isIntent } from './flow-storage.ts'

/** For what the person was sent to fetch a wechatCode. */
export type CodeErrand =
  | ({ readonly next: 'start'; readonly retryOf?: string } & FlowOrigin)
  | { readonly next: 'face' }
  | ({ readonly next: 'verify' } & VerificationWish)

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isErrand = (value: unknown): value is CodeErrand => {
  if (!isRecord(value)) return false
  switch (value['next']) {
    case 'start':
      return isIntent(value['intent'])
    case 'face':
      return true
    case 'verify':
      return isPurpose(value['purpose']) && isText(value['patientId'])
    default:
      return false
  }
}

const errandKey = storageKey('wechat-code.errand', isErrand)
const codeKey = storageKey('wechat-code', isText)

/** The page that needs the code, and what it needs to find itself again. */
export function errandPage(errand: CodeErrand): { readonly route: Route; readonly query: Query } {
  switch (errand.next) {
    case 'start':
      return {
        route: routes.enrolmentStart,
        query: { intent: errand.intent, patientId: errand.patientId },
      }
    case 'face':
      return { route: routes.face, query: {} }
    case 'verify':
      return {
        route: routes.verifyConfirm,
        query: { purpose: errand.purpose, patientId: errand.patientId },
      }
  }
}

/** The card code is shown with or without a verification: its page has a way of its own when no code came. */
export function goesOnWithoutCode(errand: CodeErrand | undefined): boolean {
  return errand?.next === 'verify' && errand.purpose === 'card-code'
}

export function rememberErrand(errand: CodeErrand): void {
  forget(codeKey)
  remember(errandKey, errand, FLOW_TTL_MS)
}

export function errandNow(): CodeErrand | undefined {
  return recall(errandKey)
}

export function forgetErrand(): void {
  forget(errandKey)
}

/**
 * H5: the platform came back with a code in the address. It is taken only by a browser that went to fetch
 * one: a link that carries somebody else's code binds nobody.
 */
export function takeArrivedCode(query: PageQuery, next: CodeErrand['next']): void {
  const code = query['wechatCode']
  if (code && errandNow()?.next === next) rememberWechatCode(code)
}

export function rememberWechatCode(code: string): void {
  remember(codeKey, code, FLOW_TTL_MS)
}

/** Gives the code once: it is good for one use, and so is our copy of it. */
export function takeWechatCode(): string | undefined {
  const code = recall(codeKey)
  forget(codeKey)
  return code
}
