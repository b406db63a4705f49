import { isRecord } from '../platform/api-error.ts'
import type { PageQuery } from '../platform/page-query.ts'
import { forget, recall, remember, storageKey } from '../platform/storage.ts'
import { FLOW_TTL_MS, type FlowOrigin, isIntent } from './flow-storage.ts'

/** For what the person was sent to fetch a wechatCode. */
export type CodeErrand =
  | ({ readonly next: 'start'; readonly retryOf?: string } & FlowOrigin)
  | { readonly next: 'face' }

const isErrand = (value: unknown): value is CodeErrand =>
  isRecord(value) && (value['next'] === 'face' || (value['next'] === 'start' && isIntent(value['intent'])))
const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const errandKey = storageKey('wechat-code.errand', isErrand)
const codeKey = storageKey('wechat-code', isText)

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
