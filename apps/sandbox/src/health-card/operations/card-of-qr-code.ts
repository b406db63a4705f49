import type { Card } from '../cards/card.ts'
import type { CardPlatform } from '../platform.ts'
import { Refusal } from '../result-codes.ts'

export function cardOfQrCode(platform: CardPlatform, qrCodeText: string): Card {
  const card = platform.cards.byId(platform.qrCodes.read(qrCodeText))
  if (!card) throw new Refusal('cardNotFound')
  return card
}
