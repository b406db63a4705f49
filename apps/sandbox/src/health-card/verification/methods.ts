/** Who may be verified how. The limits are the function list's: 成人 16–60，儿童 16 以下，老人 60 以上. */
export interface AgeBoundaries {
  /** Younger than this: a guardian only. */
  readonly guardianOnlyBelow: number
  /** From this age an adult; at exactly this age the child's ways are open as well. */
  readonly adultFrom: number
  /** Older than this a senior; at exactly this age the senior's ways are open as well. */
  readonly seniorAfter: number
}

export const DEFAULT_AGE_BOUNDARIES: AgeBoundaries = { guardianOnlyBelow: 14, adultFrom: 16, seniorAfter: 60 }

/** `verifyType` 1 was seen at hospitals' face pages; the platform publishes no others, these are this simulator's. */
export const METHODS = {
  face: { verifyType: 1, zh: '人脸识别', hint: '本人面对手机，约 1 分钟', proxy: false },
  remote: { verifyType: 2, zh: '远程授权认证', hint: '本人在自己的微信里确认', proxy: false },
  ncidas: { verifyType: 3, zh: '国家网络身份认证', hint: '使用国家网络身份认证 App', proxy: false },
  wechatPay: { verifyType: 4, zh: '微信支付实名', hint: '与微信支付的实名信息比对', proxy: false },
  guardian: { verifyType: 5, zh: '监护人认证', hint: '由监护人完成验证', proxy: true },
  family: { verifyType: 6, zh: '家人代验证', hint: '由家人代为完成验证', proxy: true },
} as const

export type Method = keyof typeof METHODS

/** Only for documents that allow no check of the person: the platform says so with `verifyStatus: false`. */
export const DOCUMENT_ONLY = 'document'

export function isMethod(text: string | undefined): text is Method {
  return text !== undefined && Object.hasOwn(METHODS, text)
}

export type AgeGroup = 'child' | 'adult' | 'senior'

/** One group, or both where two meet. */
function ageGroups(age: number, boundaries: AgeBoundaries): readonly AgeGroup[] {
  const groups: AgeGroup[] = []
  if (age >= boundaries.adultFrom && age <= boundaries.seniorAfter) groups.push('adult')
  if (age <= boundaries.adultFrom) groups.push('child')
  if (age >= boundaries.seniorAfter) groups.push('senior')
  return groups
}

export interface Offered {
  /** The hospital gave a page for it. */
  readonly ncidas: boolean
  /** Service accounts only. */
  readonly wechatPay: boolean
}

/** The ways open to a person of this age, the recommended one first. */
export function methodsFor(age: number, boundaries: AgeBoundaries, offered: Offered): readonly Method[] {
  const ofGroup: Record<AgeGroup, readonly Method[]> = {
    adult: ['face', 'remote', 'ncidas', 'wechatPay'],
    child: age < boundaries.guardianOnlyBelow ? ['guardian'] : ['guardian', 'family'],
    senior: ['face', 'family', 'remote'],
  }
  const open = new Set(ageGroups(age, boundaries).flatMap((group) => ofGroup[group]))
  return [...open].filter(
    (method) => (method !== 'ncidas' || offered.ncidas) && (method !== 'wechatPay' || offered.wechatPay),
  )
}
