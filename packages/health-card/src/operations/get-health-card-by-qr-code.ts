import type { Caller } from '../create-caller.ts'
import type { CallContext } from '../options.ts'
import { membersOf, textOf } from '../read-members.ts'
import { cardOf } from '../read-person.ts'
import type { HealthCard } from '../types.ts'

export interface ScannedCard {
  readonly card: HealthCard
  /** A number or a Chinese word; the table is not public. */
  readonly relation: string | undefined
}

/** 通过二维码获取健康卡 (svc 104); the only reply that tells the relation. A read. Confidence: several sources. */
export function getHealthCardByQRCode(
  caller: Caller,
  request: { readonly qrCodeText: string },
  context: CallContext,
): Promise<ScannedCard> {
  return caller.read('getHealthCardByQRCode', request, context, (rsp) => {
    const card = cardOf(rsp['card'])
    const relation = textOf(membersOf(rsp['card']) ?? {}, 'relation') ?? textOf(rsp, 'relation')
    return card && { card, relation }
  })
}
