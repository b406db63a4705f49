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

/** Whoever looks at an article's snapshot page: WeChat gives a virtual openid that belongs to nobody. */
export const SNAPSHOT_PERSON: WechatPerson = { id: 'snapshot', nickname: '快照页访客（没有真实身份）' }

const COOKIE = 'sandbox_wechat_person'
const ID = '[\\w-]{1,40}'

/** The person whom the sandbox's cookie names; any other id is a person of its own, so that tests stay apart. */
export function currentPerson(cookieHeader: string | undefined): WechatPerson {
  const id = new RegExp(`(?:^|;\\s*)${COOKIE}=(${ID})`).exec(cookieHeader ?? '')?.[1]
  return id === undefined ? PERSONS[0] : person(id)
}

export function person(id: string): WechatPerson {
  return [...PERSONS, SNAPSHOT_PERSON].find((one) => one.id === id) ?? { id, nickname: id }
}

export function personCookie(id: string): string {
  return `${COOKIE}=${encodeURIComponent(id)}; Path=/; SameSite=Lax`
}

/** The same person has another openid under every appid, and one unionid. */
export function openidOf(appid: string, { id }: WechatPerson): string {
  return `o-${appid.slice(-4)}-${id}`
}

export function unionidOf({ id }: WechatPerson): string {
  return `u-${id}`
}

/** Whose openid it is; undefined for an openid of another appid, and for the virtual one of a snapshot page. */
export function personOfOpenid(appid: string, openid: string): WechatPerson | undefined {
  const prefix = `o-${appid.slice(-4)}-`
  const id = openid.startsWith(prefix) ? openid.slice(prefix.length) : ''
  return new RegExp(`^${ID}$`).test(id) && id !== SNAPSHOT_PERSON.id ? person(id) : undefined
}
