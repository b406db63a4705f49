import { z } from 'zod'
import { isSelf } from '../cards/card.ts'
import { operation, text } from '../operation.ts'
import { Refusal } from '../result-codes.ts'
import { cardReply } from './card-reply.ts'

/** 健康卡授权码获取健康卡信息. Spends the healthCode at once; `relation` is not part of this reply. */
export const getHealthCardByHealthCode = operation({
  name: 'getHealthCardByHealthCode',
  zh: '健康卡授权码获取健康卡信息',
  req: z.object({ healthCode: text }),
  rsp: ['card', 'isSelf'],
  carryOut: (platform, { healthCode }) => {
    const card = platform.cards.byId(platform.healthCodes.spend(healthCode))
    if (!card) throw new Refusal('cardNotFound')
    return { card: cardReply(card), isSelf: isSelf(card) }
  },
})
