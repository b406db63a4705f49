export {
  buildSandbox,
  type RunningSandbox,
  SANDBOX_PORTS,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from './build-sandbox.ts'
export { type Card, isSelf } from './health-card/cards/card.ts'
export { SEED_PEOPLE } from './health-card/cards/seed-cards.ts'
export { CODE_LIFETIME_MS } from './health-card/codes/one-use-codes.ts'
export { HEALTH_CARD_APP } from './health-card/credentials.ts'
export { RESULT_CODES, type ResultName, TOKEN_INVALID_CODES } from './health-card/result-codes.ts'
export { type AgeBoundaries, DEFAULT_AGE_BOUNDARIES, METHODS } from './health-card/verification/methods.ts'
export { HIS_REST } from './his/rest/credentials.ts'
export { HIS_SOAP } from './his/soap/soap-messages.ts'
export { HOSPITAL_PAY } from './hospital-pay/credentials.ts'
export { Faults } from './kit/faults.ts'
export { freePortBase } from './kit/free-port-base.ts'
export { inProcessFetch } from './kit/in-process-fetch.ts'
export { ManualOffsetClock } from './kit/sandbox-clock.ts'
export type { ReceivedCall } from './kit/simulator.ts'
export { fileStore, memoryStore, type Store } from './kit/store.ts'
export { SMS_GATEWAY } from './sms/credentials.ts'
export type { Proof as WechatPayProof, Violation as WechatPayViolation } from './wechat-pay/accounts/prove.ts'
export { RETRY_PAUSES_MS as WECHAT_PAY_RETRY_PAUSES_MS } from './wechat-pay/callbacks/retry-schedule.ts'
export { MCHID as WECHAT_PAY_MCHID } from './wechat-pay/credentials.ts'
export { OWN_FAULTS as WECHAT_PAY_FAULTS } from './wechat-pay/own-faults.ts'
export type { PaySettings as WechatPaySettings } from './wechat-pay/settings.ts'
export { MESSAGE_PUSH, MINI_PROGRAM, OFFICIAL_ACCOUNT } from './weixin/credentials.ts'
export { FACE_RESULTS } from './weixin/face/face-results.ts'
export { SANDBOX_TEMPLATES } from './weixin/messages/templates.ts'
export { openidOf, PERSONS, personCookie, type WechatPerson } from './weixin/persons.ts'
