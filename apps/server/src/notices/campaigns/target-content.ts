import { fen, sensitive } from '@zhangyi/core'
import { z } from 'zod'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { CampaignTarget } from './campaign.ts'

const CONTEXT = 'campaign_target.content'

const contentSchema = z.strictObject({
  patientName: z.string(),
  cardNumber: z.string().nullable(),
  balanceFen: z.number(),
  phone: z.string().nullable(),
  page: z.string(),
})

export type TargetContent = Omit<CampaignTarget, 'person' | 'userId'>

export function sealTarget(cipher: Cipher, target: TargetContent): Buffer {
  const { patientName, cardNumber, balanceFen, phone, page } = target
  const content = {
    ...{ patientName: patientName.reveal(), cardNumber: cardNumber?.reveal() ?? null },
    ...{ balanceFen, phone: phone?.reveal() ?? null, page },
  }
  return cipher.seal(JSON.stringify(content), CONTEXT)
}

export function openTarget(cipher: Cipher, sealed: Buffer): TargetContent {
  const content = contentSchema.parse(JSON.parse(cipher.open(sealed, CONTEXT).reveal()))
  return {
    ...{ patientName: sensitive(content.patientName), balanceFen: fen(content.balanceFen) },
    cardNumber: content.cardNumber === null ? undefined : sensitive(content.cardNumber),
    phone: content.phone === null ? undefined : sensitive(content.phone),
    page: content.page,
  }
}
