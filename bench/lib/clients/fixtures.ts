import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import type { WechatpayAxiosPlugin } from 'wechatpay-axios-plugin'

// CommonJS whose types describe one namespace; what is loaded is that namespace.
export const library: typeof WechatpayAxiosPlugin = createRequire(import.meta.url)('wechatpay-axios-plugin')

/** Everything the contenders share: the same keys, texts and sizes, made afresh in every run. */
export const MCHID = '1900000001'
export const MERCHANT_SERIAL = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1'
export const PLATFORM_KEY_ID = 'PUB_KEY_ID_0119000000012026112300000000000001'

const keyPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
export const merchantKeys = keyPair()
export const platformKeys = keyPair()
export const merchantPem = merchantKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
export const platformPem = platformKeys.publicKey.export({ type: 'spki', format: 'pem' }).toString()
export const API_V3_KEY = randomBytes(16).toString('hex')

export const TRANSFER_PATH = '/v3/fund-app/mch-transfer/transfer-bills'
/** Body of a transfer as this gateway sends it. */
export const transferBody = JSON.stringify({
  appid: 'wx0123456789abcdef',
  out_bill_no: 'TK20261122000000000001',
  transfer_scene_id: '1011',
  openid: 'oTestUser0000000000000000001',
  transfer_amount: 12_345,
  transfer_remark: '门诊预交金退款',
  notify_url: 'https://pay.hospital.example/wechat-pay/notify/1',
  user_recv_perception: '退款',
  transfer_scene_report_infos: [{ info_type: '赔付原因', info_content: '门诊预交金退款' }],
})
/** Answer of a query, and what a callback holds once it is decrypted. */
export const transferAnswer = JSON.stringify({
  mch_id: MCHID,
  out_bill_no: 'TK20261122000000000001',
  transfer_bill_no: '1330000071100999991182020050700019480001',
  appid: 'wx0123456789abcdef',
  state: 'SUCCESS',
  transfer_amount: 12_345,
  transfer_remark: '门诊预交金退款',
  openid: 'oTestUser0000000000000000001',
  create_time: '2026-11-22T10:34:56+08:00',
  update_time: '2026-11-22T10:36:01+08:00',
})
