import { LOCAL_HOSTS } from '../kit/callback-address.ts'
import { Faults } from '../kit/faults.ts'
import type { ReceivedCall, SimulatorContext } from '../kit/simulator.ts'
import { PushQueue } from './callbacks/push-queue.ts'
import { FaceSessions } from './face/face-sessions.ts'
import { Kept } from './kept.ts'
import { AppLinks } from './links/app-links.ts'
import { LoginCodes } from './login/login-codes.ts'
import { Inbox } from './messages/inbox.ts'
import { Phones } from './phones.ts'
import { AccessTokens } from './tokens/access-tokens.ts'

export interface WeixinSettings {
  /** Mini program and official account stand under one Open Platform account: logins carry a unionid. */
  openPlatformBound: boolean
  /** Whether `queryverifyinfo` tells a result more than once; where not, the second question is 84001. */
  faceResultReads: 'many' | 'once'
  /**
   * Whether the official account's appid may use the face interfaces. WeChat grants that on application only, to pages
   * with an SDK of its own; true by default in this sandbox alone, so that the H5 can be developed without a phone.
   */
  faceForOfficialAccount: boolean
  /** Template messages a day before 45009. */
  templateMessagesPerDay: number
  /** Operations that answer 48001, e.g. `getverifyid` before the ability was granted. */
  unauthorized: readonly string[]
  /** Pages that are published; every `pages/…` path while undefined. */
  publishedPages: readonly string[] | undefined
  /** Hosts to which OAuth leads a browser back. */
  callbackHosts: readonly string[]
}

/**
 * Everything the simulated platform knows. Phones, messages and the push address outlive a restart; tokens, codes
 * and face sessions do not, as a client has to live with losing them anyway.
 */
export interface WeixinPlatform {
  readonly clock: SimulatorContext['clock']
  readonly baseUrl: string
  readonly faults: Faults
  readonly calls: ReceivedCall[]
  readonly tokens: AccessTokens
  readonly loginCodes: LoginCodes
  readonly faces: FaceSessions
  readonly phones: Phones
  readonly inbox: Inbox
  readonly pushes: PushQueue
  readonly links: AppLinks
  readonly settings: WeixinSettings
}

export function buildPlatform({ clock, baseUrl, store }: SimulatorContext): WeixinPlatform {
  const faults = new Faults()
  const kept = new Kept(store)
  return {
    ...{ clock, baseUrl, faults, calls: [] },
    tokens: new AccessTokens(clock),
    loginCodes: new LoginCodes(clock),
    faces: new FaceSessions(clock),
    phones: new Phones(kept),
    inbox: new Inbox(kept, clock),
    pushes: new PushQueue(kept, clock, faults),
    links: new AppLinks(clock),
    settings: {
      openPlatformBound: true,
      faceResultReads: 'many',
      faceForOfficialAccount: true,
      templateMessagesPerDay: 100_000,
      unauthorized: [],
      publishedPages: undefined,
      callbackHosts: LOCAL_HOSTS,
    },
  }
}
