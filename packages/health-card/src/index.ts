export { createHealthCardClient, type HealthCardClient } from './client.ts'
export { HealthCardError } from './errors.ts'
export type { CardCalls, CheckedQRCode, DynamicQRCode } from './operations/cards.ts'
export type { UsageReport } from './operations/report.ts'
export type {
  OrderPerson,
  RealPersonAuthRequest,
  UniformVerifyRequest,
  UniformVerifyResult,
} from './operations/verification.ts'
export {
  type CallContext,
  type CallRecord,
  type ContractConfig,
  ENDPOINTS,
  type HealthCardOptions,
  type Operation,
} from './options.ts'
export { canonicalJson, canonicalText, type SignOptions, signRequest } from './sign.ts'
export { memoryTokenStore, type StoredToken, type TokenStore } from './token-store.ts'
export * from './types.ts'
