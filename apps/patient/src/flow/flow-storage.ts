import type { Intent } from '../api/types.ts'
import { isRecord } from '../platform/api-error.ts'
import { forget, recall, remember, storageKey } from '../platform/storage.ts'

/** As long as the gateway keeps a flow, and as long as the platforms' codes live. */
export const FLOW_TTL_MS = 30 * 60_000

/** What the person wanted when the flow began, to begin it again. */
export type FlowOrigin = { readonly intent: Intent; readonly patientId?: string }

const INTENTS: readonly string[] = ['register', 'bind-card', 'add-patient', 'upgrade'] satisfies Intent[]

export function isIntent(value: unknown): value is Intent {
  return typeof value === 'string' && INTENTS.includes(value)
}

const isOrigin = (value: unknown): value is FlowOrigin =>
  isRecord(value) &&
  isIntent(value['intent']) &&
  (value['patientId'] === undefined || typeof value['patientId'] === 'string')
const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const originKey = (flow: string) => storageKey(`flow.${flow}.origin`, isOrigin)
const authCodeKey = (flow: string) => storageKey(`flow.${flow}.auth-code`, isText)

export function rememberOrigin(flow: string, origin: FlowOrigin): void {
  remember(originKey(flow), origin, FLOW_TTL_MS)
}

export function originOf(flow: string): FlowOrigin | undefined {
  return recall(originKey(flow))
}

/** The platform's code for our form: sent with it, so it outlives the landing page. */
export function rememberAuthCode(flow: string, code: string): void {
  remember(authCodeKey(flow), code, FLOW_TTL_MS)
}

export function authCodeOf(flow: string): string | undefined {
  return recall(authCodeKey(flow))
}

export function forgetAuthCode(flow: string): void {
  forget(authCodeKey(flow))
}
