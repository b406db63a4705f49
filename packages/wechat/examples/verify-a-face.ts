// Opens a face verification and reads its result, as a gateway does on its server side.
// `npx zhangyi sandbox` plays WeChat; SANDBOX is its control address.
import { sensitive, systemClock } from '@zhangyi/core'
import {
  certHash,
  createAccessTokens,
  createCaller,
  getVerifyId,
  memoryTokenStore,
  queryVerifyInfo,
} from '@zhangyi/wechat'

const control = process.env.SANDBOX ?? 'http://127.0.0.1:9100'
const act = async (action: string, body: object): Promise<unknown> => {
  const headers = { 'content-type': 'application/json' }
  const request = { method: 'POST', headers, body: JSON.stringify(body) }
  return (await fetch(`${control}/platforms/weixin/actions/${action}`, request)).json()
}
const { weixin } = (await (await fetch(`${control}/platforms`)).json()) as {
  readonly weixin: Record<'baseUrl' | 'appid' | 'secret', string>
}
const { miniProgram: openid } = (await act('openids', { person: 'example' })) as {
  readonly miniProgram: string
}

const options = { ...weixin, apiOrigin: weixin.baseUrl, clock: systemClock, store: memoryTokenStore() }
const caller = createCaller({ ...options, tokens: createAccessTokens(options) })

// Kept with the attempt; the query must name the same values again.
const outSeqNo = `example_${Date.now()}`
const certName = sensitive('张三')
const certNo = sensitive('310101199801011232')
const opened = await getVerifyId(caller, { outSeqNo, certName, certNo, openid })
switch (opened.kind) {
  case 'yes': {
    // The mini program hands the verifyId to wx.requestFacialVerify; here the sandbox passes the face.
    const { verifyId } = opened.value
    await act('decide-face', { verifyId, verifyRet: 10000 })
    const result = await queryVerifyInfo(caller, {
      ...{ verifyId, outSeqNo, openid },
      certHash: certHash(certName, certNo),
    })
    console.log(result.passed ? 'Passed.' : 'Not passed:', result.zh)
    break
  }
  case 'no':
    console.log('WeChat refused with', opened.code, opened.reason)
    process.exitCode = 1
    break
  case 'unknown':
    console.log('Nobody can say what happened:', opened.cause, '- open another one under a new number')
    process.exitCode = 1
}
