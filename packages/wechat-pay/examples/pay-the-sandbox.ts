// Gives a deposit back by transfer, confirms it as the patient would, and queries the authority on what happened.
// `npx zhangyi sandbox` plays WeChat Pay; SANDBOX is its control address.
import { fen, sensitive, systemClock } from '@zhangyi/core'
import { createWechatPayClient, type PublicKeyPem } from '@zhangyi/wechat-pay'

interface Merchant
  extends Record<
    | 'baseUrl'
    | 'appid'
    | 'mchid'
    | 'merchantSerial'
    | 'merchantPrivateKeyPem'
    | 'apiV3Key'
    | 'publicKeyId'
    | 'publicKeyPem'
    | 'transferSceneId'
    | 'openid',
    string
  > {
  readonly platformCertificates: readonly { readonly pem: string }[]
}

const control = process.env.SANDBOX ?? 'http://127.0.0.1:9100'
const { 'wechat-pay': merchant } = (await (await fetch(`${control}/platforms`)).json()) as {
  readonly 'wechat-pay': Merchant
}
const publicKey: PublicKeyPem = { id: merchant.publicKeyId, pem: merchant.publicKeyPem }
const client = createWechatPayClient({
  ...merchant,
  platformCertificates: merchant.platformCertificates.map(({ pem }) => pem),
  publicKeys: [publicKey],
  origins: [merchant.baseUrl],
  clock: systemClock,
})

const outBillNo = `EXAMPLE${Date.now()}`
const prepared = client.prepareTransfer({
  outBillNo,
  sceneId: merchant.transferSceneId,
  reportInfos: [{ type: '赔付原因', content: '门诊预交金退款' }],
  perception: '退款',
  openid: merchant.openid,
  userName: sensitive('李明华'),
  amountFen: fen(12_345),
  remark: '门诊预交金退款',
})
// Here a real caller stores `prepared` before it is sent, and sends the same bytes on every retry.
const sent = await client.sendTransfer(prepared, { attempt: 1 })
switch (sent.kind) {
  case 'yes':
    console.log('Accepted:', sent.value.state)
    break
  case 'no':
    console.log('Refused:', sent.code, sent.reason)
    process.exit(1)
    break
  case 'unknown':
    console.log('Nobody can say yet; query, or send the same bytes again:', sent.cause, sent.call.class)
    process.exit(1)
}

await fetch(`${control}/platforms/wechat-pay/actions/confirm-transfer`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ outBillNo }),
})
const found = await client.queryTransferByOutBillNo(outBillNo)
console.log('After the patient confirmed:', found === 'not-found' ? found : found.state)
