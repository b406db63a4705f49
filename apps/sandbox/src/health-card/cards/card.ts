/** What the platform knows of a person; an absent field is one that the hospital has to ask for. */
export interface PersonData {
  readonly name: string
  readonly idType: string
  readonly idNumber: string
  readonly gender: string
  readonly nation?: string | undefined
  readonly birthday?: string | undefined
  readonly address?: string | undefined
  readonly phone1?: string | undefined
  readonly phone2?: string | undefined
  /** Relation to the WeChat user, a Chinese label such as 本人; the portal's sample says `1`. */
  readonly relation?: string | undefined
  readonly ext?: string | undefined
  readonly childInfo?: Readonly<Record<string, unknown>> | undefined
}

/** A card held by one WeChat user. The same person on two phones is two cards with two ids here. */
export interface Card extends PersonData {
  readonly healthCardId: string
  readonly qrCodeText: string
  readonly phid: string
  /** The WeChat user whose list it stands in. */
  readonly person: string
  readonly patid?: string | undefined
  readonly verifyStatus: boolean
}

export function isSelf(card: Pick<PersonData, 'relation'>): boolean {
  return card.relation === '本人' || card.relation === '1'
}
