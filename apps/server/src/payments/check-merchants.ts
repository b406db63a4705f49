import { fen } from '@zhangyi/core'
import { NAME_REQUIRED_FROM_FEN } from '@zhangyi/wechat-pay'
import { findMerchant, type Merchant, notifyUrlOf } from './merchant.ts'
import type { PaymentsRoom } from './room.ts'
import { PAYEE_CONTEXT, prepareTransfer } from './transfers/prepare-transfer.ts'

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
  if (merchant) tryTransfer(room, merchant)
}

/** Scene, report texts and remark as WeChat takes their form; whether it granted them, only a transfer tells. */
function tryTransfer(room: PaymentsRoom, merchant: Merchant): void {
  const { transfer } = merchant.hospital.wechatPay ?? {}
  const appid = transfer?.appid ?? merchant.hospital.wechat.miniProgram?.appid
  if (!transfer) return
  if (appid === undefined) throw new Error('transfer.appid：没有配置小程序，须填写患者确认收款的应用')
  const payee = room.cipher.seal('测试', PAYEE_CONTEXT)
  const wanted = { appid, openid: 'o'.repeat(28), payee, amount_fen: NAME_REQUIRED_FROM_FEN }
  prepareTransfer(room, { ...merchant, settings: transfer }, wanted, 'CHECK00')
}
