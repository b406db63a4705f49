// Plain types of the face pages' API; `tests/contract/patient-api.test-d.ts` holds them against the server's schemas.

/** With what the platform sent the person to a page of ours. */
export type FaceOrder = {
  readonly orderId: string
  readonly verifyType: number
  readonly redirectUrl: string
}
export type FaceCheckView = {
  readonly id: string
  readonly verifyId: string
  readonly bridgePage: string | null
}
export type FaceAction =
  | 'retry'
  | 'check-identity'
  | 'other-method'
  | 'pending'
  | 'cancelled'
  | 'settings'
  | 'ops'
  | 'later'
  | 'cool-down'
  | 'fetch-code'
export type FaceAdvice = {
  readonly zh: string
  readonly action: FaceAction
  readonly retry: boolean
  /** A face or an identity was compared. */
  readonly judged: boolean
}
/** `verified`: passed, bring a fresh wechatCode. `passed` and `failed` lead back to the platform. */
export type FaceSettlement = {
  readonly state: 'verified' | 'passed' | 'failed' | 'pending'
  readonly verifyOrderId: string | null
  readonly advice: FaceAdvice | null
}
export type PhoneSystem = 'android' | 'ios' | 'harmony' | 'other'
export type NcidasParameters = {
  readonly orgID: string
  readonly businessID: string
  readonly bizSeq: string
  readonly type: number
}
export type NcidasCheckView = { readonly id: string; readonly parameters: NcidasParameters }
