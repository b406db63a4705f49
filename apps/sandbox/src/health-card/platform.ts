import { BoundedMap } from '../kit/bounded-map.ts'
import { LOCAL_HOSTS } from '../kit/callback-address.ts'
import { CallersClock } from '../kit/callers-clock.ts'
import { Faults } from '../kit/faults.ts'
import type { SimulatorContext } from '../kit/simulator.ts'
import { AppTokens } from './app-tokens.ts'
import type { PersonData } from './cards/card.ts'
import { CardBook } from './cards/card-book.ts'
import { DynamicQrCodes } from './codes/dynamic-qr-codes.ts'
import { HealthCodes } from './codes/health-codes.ts'
import { OneUseCodes } from './codes/one-use-codes.ts'
import { type AgeBoundaries, DEFAULT_AGE_BOUNDARIES } from './verification/methods.ts'
import type { Flow, Order } from './verification/order.ts'

const MAX_ORDERS_KEPT = 10_000

export interface RegInfo extends PersonData {
  readonly verifyStatus: boolean
}

export interface PlatformSettings {
  ageBoundaries: AgeBoundaries
  /** Hosts to which its pages lead a browser back; a real platform knows the registered domains. */
  callbackHosts: readonly string[]
}

/**
 * Everything the simulated platform knows. Cards outlive a restart; codes, tokens and orders do not, as a client
 * has to live with losing them anyway.
 */
export interface CardPlatform {
  readonly clock: SimulatorContext['clock']
  /** For the timestamps of calls. */
  readonly callersClock: CallersClock
  readonly baseUrl: string
  readonly faults: Faults
  readonly cards: CardBook
  readonly tokens: AppTokens
  readonly wechatCodes: OneUseCodes<string>
  readonly authCodes: OneUseCodes<Flow>
  readonly regInfoCodes: OneUseCodes<RegInfo>
  readonly healthCodes: HealthCodes
  readonly qrCodes: DynamicQrCodes
  readonly flows: Map<string, Flow>
  readonly orders: Map<string, Order>
  /** Card-package orders (卡包订单): order id → card id. */
  readonly packageOrders: Map<string, string>
  /** What a hospital wants to be shown on the code page: field code → fields. */
  readonly pageFields: Map<string, Readonly<Record<string, string>>>
  readonly settings: PlatformSettings
}

export function buildPlatform({ clock, realClock, baseUrl, store }: SimulatorContext): CardPlatform {
  return {
    clock,
    callersClock: new CallersClock(clock, realClock),
    baseUrl,
    faults: new Faults(),
    cards: new CardBook(store),
    tokens: new AppTokens(clock),
    wechatCodes: new OneUseCodes('wechatCode', clock),
    authCodes: new OneUseCodes('authCode', clock),
    regInfoCodes: new OneUseCodes('regInfoCode', clock),
    healthCodes: new HealthCodes(clock),
    qrCodes: new DynamicQrCodes(clock),
    flows: new BoundedMap(MAX_ORDERS_KEPT),
    orders: new BoundedMap(MAX_ORDERS_KEPT),
    packageOrders: new BoundedMap(MAX_ORDERS_KEPT),
    pageFields: new BoundedMap(MAX_ORDERS_KEPT),
    settings: { ageBoundaries: DEFAULT_AGE_BOUNDARIES, callbackHosts: LOCAL_HOSTS },
  }
}
