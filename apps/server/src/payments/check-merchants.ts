import { fen } from '@zhangyi/core'
import { findMerchant, notifyUrlOf } from './merchant.ts'
import type { PaymentsRoom } from './room.ts'

/** 支付密钥和通知地址: with wrong ones a hospital would take no money, and believe no answer. */
export function registerMerchantCheck(room: PaymentsRoom): void {
  room.checks.register({
    name: 'payments.merchants',
    zh: '微信支付的密钥文件和通知地址可用',
    level: 'ready',
    run: async () => {
      const problems = room.hospitals.all.flatMap(({ id }) => {
        try {
          tryMerchant(room, id)
          return []
        } catch (error) {
          // Names the file, the kind of key or the field, never what is in it.
          return [`${id}：${(error as Error).message}`]
        }
      })
      return problems.length === 0 ? { ok: true } : { ok: false, zh: problems.join('；') }
    },
  })
}

function tryMerchant(room: PaymentsRoom, id: Parameters<typeof findMerchant>[1]): void {
  const merchant = findMerchant(room, id)
  // Prepared and thrown away: WeChat takes no notify address but a public https one without a query.
  merchant?.client.prepareRefund({
    ...{ outTradeNo: 'CHECK00', outRefundNo: 'CHECK00', refundFen: fen(1), totalFen: fen(1) },
    notifyUrl: notifyUrlOf(room, merchant.hospital),
  })
}
