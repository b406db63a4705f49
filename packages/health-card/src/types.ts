/** Shapes of the electronic health card open platform (电子健康卡开放平台), as far as they are public. */

/** 0 service account, 1 mini program, 3 face terminal, 4 scan terminal. */
export type ChannelNum = 0 | 1 | 3 | 4

export interface CommonIn {
  readonly appToken: string
  /** 32 upper-case hex digits, fresh for each call. */
  readonly requestId: string
  readonly hospitalId: string
  /** Unix seconds, as a string (a number only by configuration). */
  readonly timestamp: string | number
  readonly channelNum: ChannelNum
  readonly relateAppId?: string
  readonly relateOpenId?: string
}

/** A mini program or service account and a user's openid under it; some endpoints ask for both. */
export interface RelatedUser {
  readonly appid: string
  readonly openid: string
}

export interface RedirectTargets {
  /** Holds the literal `${healthCode}`. */
  readonly successRedirectUrl: string
  /** Holds the literal `${regInfoCode}`: card management is out of order. */
  readonly failRedirectUrl: string
  readonly verifyFailRedirectUrl: string
  /** Page path without `mini:` in a mini program; no query of its own. */
  readonly faceUrl: string
  readonly ncidasUrl?: string
}

export interface PreAuthRequest extends RedirectTargets {
  readonly wechatCode: string
  /** 0 new patient, 1 upgrade of an old one. */
  readonly patientType?: 0 | 1
  /** Holds the literal `${authCode}`. */
  readonly userFormPageUrl: string
}

export interface ParentInfo {
  readonly name?: string
  readonly idType?: string
  readonly idNumber?: string
  readonly nation?: string
  readonly country?: string
  readonly birthDay?: string
  readonly phone?: string
  readonly address?: string
}

export interface PreFillRequest extends RedirectTargets {
  readonly authCode: string
  readonly name: string
  readonly gender: '男' | '女'
  /** A Chinese name such as 汉族, never a number. */
  readonly nation: string
  /** `yyyy-MM-dd`. */
  readonly birthday: string
  readonly idNumber: string
  readonly idType: string
  readonly phone1: string
  readonly phone2?: string
  readonly address?: string
  readonly relation?: string
  readonly childInfo?: ChildInfo
  readonly clientInfo?: { readonly ip?: string; readonly referer?: string; readonly userAgent?: string }
  /** A JSON text. */
  readonly ext?: string
}

/** Goes flat on the wire: `motherName`, `fatherPhone` … */
export interface ChildInfo {
  readonly mother?: ParentInfo
  readonly father?: ParentInfo
  /** 胎次. */
  readonly parity?: string
  readonly multipleBirthsFlag?: number
  readonly birthTime?: string
}

/** What the platform knows of a person. Every field but the first four may be missing. */
export interface RegisteredPerson {
  readonly name: string
  /** Two digits; empty if the platform did not tell it and the number is no valid resident ID number. */
  readonly idType: string
  readonly idNumber: string
  /** Empty if the platform did not tell it. */
  readonly gender: string
  readonly nation: string | undefined
  readonly birthday: string | undefined
  readonly address: string | undefined
  readonly phone1: string | undefined
  readonly phone2: string | undefined
  readonly patid: string | undefined
  /** Whether the platform verified the identity; undefined where it does not say. */
  readonly verifyStatus: boolean | undefined
}

export interface HealthCard extends RegisteredPerson {
  readonly qrCodeText: string
  /** 64 hex digits. */
  readonly healthCardId: string | undefined
  readonly phid: string | undefined
}
