import type { Clock } from '@zhangyi/core'
import type { TokenStore } from './token-store.ts'
import type { ChannelNum, RelatedUser } from './types.ts'

const AUTH = '/rest/auth/HealthCard/HealthOpenAuth/AuthObj/'
const PLATFORM = '/rest/auth/HealthCard/HealthOpenPlatform/ISVOpenObj/'
const CARD_SERVER = '/rest/auth/TXHealthCard/EHealthCardServer/ISVOpenObj/'

/** Every endpoint with its default path (families A, B, C) and whether it asks for relateAppId and relateOpenId. */
export const ENDPOINTS = {
  getAppToken: { path: `${AUTH}getAppToken`, related: false },
  registerHealthCardPreAuth: { path: `${PLATFORM}registerHealthCardPreAuth`, related: true },
  registerHealthCardPreFill: { path: `${PLATFORM}registerHealthCardPreFill`, related: true },
  getHealthCardByHealthCode: { path: `${PLATFORM}getHealthCardByHealthCode`, related: true },
  getRegInfoByCode: { path: `${PLATFORM}getRegInfoByCode`, related: true },
  registerUniformVerifyOrder: { path: `${PLATFORM}registerUniformVerifyOrder`, related: true },
  checkUniformVerifyResult: { path: `${CARD_SERVER}checkUniformVerifyResult`, related: true },
  getOrderInfoByOrderId: { path: `${PLATFORM}getOrderInfoByOrderId`, related: true },
  registerRealPersonAuthOrder: { path: `${PLATFORM}registerRealPersonAuthOrder`, related: true },
  reportHISData: { path: `${PLATFORM}reportHISData`, related: true },
  getDynamicQRCode: { path: `${PLATFORM}getDynamicQRCode`, related: true },
  getHealthCardByQRCode: { path: `${PLATFORM}getHealthCardByQRCode`, related: false },
  verifyQRCode: { path: `${PLATFORM}verifyQRCode`, related: false },
  getOrderIdByOutAppId: { path: `${PLATFORM}getOrderIdByOutAppId`, related: false },
  bindCardRelation: { path: `${PLATFORM}bindCardRelation`, related: false },
  saveScanQrField: { path: `${PLATFORM}saveScanQrField`, related: false },
} as const

export type Operation = keyof typeof ENDPOINTS

/** What the public contract leaves open. Every value has a default that was seen to work somewhere. */
export interface ContractConfig {
  readonly paths?: Partial<Record<Operation, string>>
  /** Which endpoints carry relateAppId and relateOpenId. */
  readonly related?: Partial<Record<Operation, boolean>>
  readonly signZero?: boolean
  /** resultCodes that mean "appToken invalid". Not public; empty means: by `tokenInvalidText` only. */
  readonly tokenInvalidCodes?: readonly number[]
  readonly tokenInvalidText?: RegExp
  /** 3 in every mini-program call that was observed. */
  readonly domainChannel?: number
  /** Refresh this long before the end. */
  readonly tokenMarginMs?: number
  /** Whether one token serves all hospitals of an appId. */
  readonly tokenPerHospital?: boolean
}

export interface HealthCardOptions {
  /** `https://p-healthopen.tengmed.com`, without a slash at the end. */
  readonly baseUrl: string
  readonly appId: string
  readonly appSecret: string
  /** 机构ID. */
  readonly hospitalId: string
  readonly clock: Clock
  readonly tokenStore: TokenStore
  readonly fetch?: typeof fetch
  /** Limit of one call, token included, reply read. */
  readonly timeoutMs?: number
  readonly config?: ContractConfig
  readonly onCall?: (call: CallRecord) => void
}

/** Who calls, and for whom. */
export interface CallContext {
  readonly channelNum: ChannelNum
  readonly relatedUser?: RelatedUser
}

/** One call for the call log. `request` and `reply` are masked. */
export interface CallRecord {
  readonly startedAtMs: number
  readonly durationMs: number
  readonly operation: Operation
  readonly requestId: string
  readonly outcome: 'yes' | 'no' | 'unknown'
  readonly code: string
  readonly request: Readonly<Record<string, unknown>>
  readonly reply: Readonly<Record<string, unknown>> | undefined
}
