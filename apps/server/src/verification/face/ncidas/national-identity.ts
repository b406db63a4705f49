import type { Clock, Outcome } from '@zhangyi/core'
import { z } from 'zod'
import type { FacePerson } from '../face-person.ts'

/** What `wx.ncidas` is called with. Numbers of the organisation, and of this one verification. */
export const ncidasParametersSchema = z.object({
  orgID: z.string().min(1).max(128),
  businessID: z.string().min(1).max(128).describe('按手机系统区分的业务号'),
  bizSeq: z.string().min(1).max(128).describe('这一次认证的流水号'),
  type: z.number().int().describe('0 网证，1 网证加口令'),
})
export type NcidasParameters = z.infer<typeof ncidasParametersSchema>

/** The phone's system: the national platform gives a business number for each. */
export type PhoneSystem = 'android' | 'ios' | 'harmony' | 'other'

/**
 * 国家网络身份认证 of one hospital. How access is had and how a result is proven is between the hospital and the national
 * platform and not public, so that this is a module of the hospital's own.
 */
export interface NationalIdentity {
  /** The call for the phone. No effect that matters: whatever goes wrong, the patient takes another way. */
  start(person: FacePerson, phone: PhoneSystem): Promise<NcidasParameters>
  /**
   * Whether this result proves this person: asked of the national platform by the server, and only for the `bizSeq` of
   * `parameters`. `yes` brings what goes to the card platform as `extInfo`; what nobody can say is `unknown`, never no.
   */
  settle(
    person: FacePerson,
    result: Readonly<Record<string, unknown>>,
    parameters: NcidasParameters,
  ): Promise<Outcome<{ readonly extInfo: Readonly<Record<string, string>> }>>
}

/** What a module is handed: everything outside comes through it. */
export interface NationalIdentityOptions {
  readonly clock: Clock
  readonly fetch: typeof fetch
  /** The content of a secret file, without the line feed at its end. */
  readonly readSecret: (file: string) => string
  /** `verification.nationalIdentity.options` of the hospital, as it stands there. */
  readonly options: Readonly<Record<string, unknown>>
}
