// Asks the card platform for the page on which a patient links or applies for a card.
// `npx zhangyi sandbox` plays the platform; SANDBOX is its control address.
import { systemClock } from '@zhangyi/core'
import { createHealthCardClient, memoryTokenStore } from '@zhangyi/health-card'

const control = process.env.SANDBOX ?? 'http://127.0.0.1:9100'
const post = async (path: string, body: object) => {
  const headers = { 'content-type': 'application/json' }
  return (await fetch(`${control}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
}
const { 'health-card': app } = (await (await fetch(`${control}/platforms`)).json()) as {
  readonly 'health-card': Record<'baseUrl' | 'appId' | 'appSecret' | 'hospitalId', string>
}
const client = createHealthCardClient({ ...app, clock: systemClock, tokenStore: memoryTokenStore() })

// In a mini program the plugin hands out the wechatCode; the sandbox gives one for a person's phone.
const { wechatCode } = (await post('/platforms/health-card/actions/wechat-code', { person: 'example' })) as {
  readonly wechatCode: string
}
const back = 'http://127.0.0.1:8080/back'
const opened = await client.registerHealthCardPreAuth(
  {
    wechatCode,
    successRedirectUrl: `${back}?healthCode=\${healthCode}`,
    failRedirectUrl: `${back}?regInfoCode=\${regInfoCode}`,
    verifyFailRedirectUrl: `${back}?failed=1`,
    faceUrl: `${back}/face`,
    userFormPageUrl: `${back}/form?authCode=\${authCode}`,
  },
  { channelNum: 1 },
)
switch (opened.kind) {
  case 'yes':
    console.log('Send the patient to', opened.value.bindCardUrl)
    break
  case 'no':
    console.log('The platform refused with', opened.code, opened.reason)
    process.exitCode = 1
    break
  case 'unknown':
    console.log('Nobody can say what happened:', opened.cause)
    process.exitCode = 1
}
