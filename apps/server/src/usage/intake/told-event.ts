import type { RelatedUser } from '@zhangyi/health-card'

/** A use of the card as another system told it, checked; what the hospital's settings add is not in it. */
export interface ToldEvent {
  readonly key: string
  readonly scene: string
  readonly occurredAtMs: number
  /** The card itself, or the archive whose card it is: one of the two. */
  readonly qrCodeText: string | undefined
  readonly patid: string | undefined
  /** The platform's code. */
  readonly department: string | undefined
  /** As the HIS names it: the platform's code is looked up. */
  readonly hisDepartment: { readonly id: string; readonly name: string } | undefined
  readonly cardChannel: string
  readonly cardCostTypes: string | undefined
  readonly subHospitalCode: string | undefined
  readonly relatedUser: RelatedUser | undefined
}

/** What is wrong with an event, told to whoever pushed it. */
export interface EventProblem {
  readonly field: string
  readonly message: string
}

/** All that was told, in one form: the same key must come with the same text. */
export function contentText(event: ToldEvent): string {
  // A department's name may be mended between two tries, and is left out.
  const { hisDepartment, relatedUser } = event
  const patient = `${event.qrCodeText ?? ''}\0${event.patid ?? ''}`
  const department = `${event.department ?? ''}\0${hisDepartment?.id ?? ''}`
  const codes = `${event.cardChannel}\0${event.cardCostTypes ?? ''}\0${event.subHospitalCode ?? ''}`
  const user = `${relatedUser?.appid ?? ''}\0${relatedUser?.openid ?? ''}`
  return `${event.scene}\0${event.occurredAtMs}\0${patient}\0${department}\0${codes}\0${user}`
}
