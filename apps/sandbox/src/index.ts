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
export { Faults } from './kit/faults.ts'
export { freePortBase } from './kit/free-port-base.ts'
export { ManualOffsetClock } from './kit/sandbox-clock.ts'
export type { ReceivedCall } from './kit/simulator.ts'
export { fileStore, memoryStore, type Store } from './kit/store.ts'
export { MINI_PROGRAM, OFFICIAL_ACCOUNT, openidOf } from './wechat/build-wechat-simulator.ts'
export { PERSONS, personCookie, type WechatPerson } from './wechat/persons.ts'
