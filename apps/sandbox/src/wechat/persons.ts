/** A person who holds a phone with WeChat in the sandbox. Everything here is made up. */
export interface WechatPerson {
  readonly id: string
  readonly nickname: string
}

export const PERSONS: readonly [WechatPerson, ...WechatPerson[]] = [
  { id: 'lihua', nickname: '李明华（已有电子健康卡）' },
  { id: 'wangfang', nickname: '王芳（第一次使用）' },
  { id: 'zhaodaye', nickname: '赵大爷（72 岁）' },
  { id: 'john', nickname: 'John Smith（外国护照）' },
]

const COOKIE = 'sandbox_wechat_person'

/** The person whom the sandbox's cookie names; any other id is a person of its own, so that tests stay apart. */
export function currentPerson(cookieHeader: string | undefined): WechatPerson {
  const id = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{1,40})`).exec(cookieHeader ?? '')?.[1]
  return id === undefined ? PERSONS[0] : person(id)
}

export function person(id: string): WechatPerson {
  return PERSONS.find((one) => one.id === id) ?? { id, nickname: id }
}

export function personCookie(id: string): string {
  return `${COOKIE}=${encodeURIComponent(id)}; Path=/; SameSite=Lax`
}
