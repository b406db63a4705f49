// Sends a template message of an official account and tells what to do if WeChat does not take it.
// `npx zhangyi sandbox` plays WeChat; SANDBOX is its control address.
import { fen, systemClock } from '@zhangyi/core'
import {
  amountValue,
  createAccessTokens,
  createCaller,
  memoryTokenStore,
  sendTemplateMessage,
  templateAdvice,
} from '@zhangyi/wechat'

const control = process.env.SANDBOX ?? 'http://127.0.0.1:9100'
const act = async (action: string, body: object): Promise<unknown> => {
  const headers = { 'content-type': 'application/json' }
  const request = { method: 'POST', headers, body: JSON.stringify(body) }
  return (await fetch(`${control}/platforms/weixin/actions/${action}`, request)).json()
}
const { weixin } = (await (await fetch(`${control}/platforms`)).json()) as {
  readonly weixin: Record<'baseUrl' | 'officialAccountAppid' | 'officialAccountSecret', string>
}
const { officialAccount: openid } = (await act('openids', { person: 'example' })) as {
  readonly officialAccount: string
}
await act('set-phone', { person: 'example', follows: true })

const options = {
  appid: weixin.officialAccountAppid,
  secret: weixin.officialAccountSecret,
  apiOrigin: weixin.baseUrl,
  clock: systemClock,
  store: memoryTokenStore(),
}
const caller = createCaller({ ...options, tokens: createAccessTokens(options) })

const sent = await sendTemplateMessage(caller, {
  openid,
  templateId: 'sandbox-tmpl-refund-00000000000000000000000',
  texts: {
    name1: '李*华',
    character_string2: '****0931',
    amount3: amountValue('amount3', fen(12_345)),
    thing4: '点击进入，按提示申请退款',
  },
  clientMsgId: `example_${Date.now()}`,
})
switch (sent.kind) {
  case 'yes':
    console.log('Accepted as', sent.value.msgId, '- the event TEMPLATESENDJOBFINISH tells of the delivery')
    break
  case 'no':
    console.log('Refused:', templateAdvice(sent.code).action, templateAdvice(sent.code).zh)
    process.exitCode = 1
    break
  case 'unknown':
    console.log('Nobody can say:', sent.cause, '- send it again under the same clientMsgId')
    process.exitCode = 1
}
