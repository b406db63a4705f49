// The one place that knows where the sandbox's persons and appids live.
export { MINI_PROGRAM, OFFICIAL_ACCOUNT } from '../weixin/credentials.ts'
export { currentPerson, openidOf, PERSONS, person } from '../weixin/persons.ts'

/** What the simulation knows of a payer or payee beyond the sandbox's list of persons. */
export interface PersonTraits {
  /** The name of the real-name registration; any name passes when unknown. */
  readonly realName?: string | undefined
  /** A refund to this person: normal, ends ABNORMAL, or is refused as USER_ACCOUNT_ABNORMAL. */
  readonly refund?: 'normal' | 'abnormal' | 'account-abnormal' | undefined
  /** Pays by this card instead of change, e.g. 招商银行借记卡5678. */
  readonly bankCard?: string | undefined
}

export const DEFAULT_PEOPLE: Readonly<Record<string, PersonTraits>> = {
  lihua: { realName: '李明华' },
  wangfang: { realName: '王芳' },
  zhaodaye: { realName: '赵德福' },
  john: { realName: 'John Smith' },
}

/** Openids of the sandbox are `o-<last four of the appid>-<person>`. */
export function personOf(openid: string): string {
  return openid.replace(/^o-.{4}-/, '')
}

export function belongsTo(openid: string, appid: string): boolean {
  return openid.startsWith(`o-${appid.slice(-4)}-`) && personOf(openid).length > 0
}
