import { type Fen, fen } from '@zhangyi/core'
import { z } from 'zod'
import type { Cipher } from '../platform/crypto/cipher.ts'

const CONTEXT = 'notice.content'

const contentSchema = z.strictObject({
  patientName: z.string(),
  cardNumber: z.string().nullable(),
  balanceFen: z.number().nullable(),
  amountFen: z.number().nullable(),
  page: z.string(),
})

/** What a notice is about, while nobody but this room has it open. */
export interface NoticeContent {
  readonly patientName: string
  readonly cardNumber: string | undefined
  readonly balanceFen: Fen | undefined
  readonly amountFen: Fen | undefined
  readonly page: string
}

export function sealContent(cipher: Cipher, content: NoticeContent): Buffer {
  const { patientName, cardNumber = null, balanceFen = null, amountFen = null, page } = content
  return cipher.seal(JSON.stringify({ patientName, cardNumber, balanceFen, amountFen, page }), CONTEXT)
}

export function openContent(cipher: Cipher, sealed: Buffer): NoticeContent {
  const content = contentSchema.parse(JSON.parse(cipher.open(sealed, CONTEXT).reveal()))
  return {
    ...{ patientName: content.patientName, cardNumber: content.cardNumber ?? undefined, page: content.page },
    balanceFen: content.balanceFen === null ? undefined : fen(content.balanceFen),
    amountFen: content.amountFen === null ? undefined : fen(content.amountFen),
  }
}
