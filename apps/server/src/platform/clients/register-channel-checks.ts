import { HealthCardError } from '@zhangyi/health-card'
import { HisError } from '@zhangyi/his'
import { createAccessTokens, memoryTokenStore, WechatError } from '@zhangyi/wechat'
import type { CheckResult, Checks } from '../checks/checks.ts'
import type { Hospital } from '../hospitals/hospitals.ts'
import type { Platform } from '../platform.ts'
import { readSecret } from '../secrets/read-secret.ts'
import type { Clients } from './clients.ts'

interface ChannelsRoom extends Platform {
  readonly clients: Clients
}

/** Each outside system of a hospital asked for something that changes nothing; for the SMS gateway there is no such thing. */
export function registerChannelChecks(room: ChannelsRoom): void {
  for (const hospital of room.hospitals.all) {
    const { id, name, wechat, sms } = hospital
    const register = (channel: string, zh: string, run: () => Promise<CheckResult>) =>
      room.checks.register({
        ...{ name: `channels.${channel}.${id}`, zh: `${name}：${zh}`, level: 'calls', hospitalId: id, run },
      })
    register(
      'health-card',
      '取电子健康卡平台的接口凭证（getAppToken；已有没到期的就用它，不另取）：得到凭证即通过，说明地址、appId、密钥和本机时间都对',
      () => askHealthCard(room, hospital),
    )
    register('his', '问 HIS 能不能服务（probe，不改变任何东西）：有正常答复即通过', () =>
      askHis(room, hospital),
    )
    for (const [kind, app] of Object.entries({ 小程序: wechat.miniProgram, 公众号: wechat.officialAccount }))
      if (app)
        register(
          `wechat.${app.appid}`,
          `取微信${kind} ${app.appid} 的凭证（POST /cgi-bin/stable_token，普通模式，正在用的不失效）：得到凭证即通过，说明密钥对、本机出口 IP 在白名单里`,
          () => askWechat(room, hospital, app),
        )
    if (sms) addSmsProof(room.checks, hospital)
  }
}

async function askHealthCard({ clients }: ChannelsRoom, hospital: Hospital): Promise<CheckResult> {
  try {
    await clients.healthCard(hospital).getAppToken()
    return { ok: true }
  } catch (error) {
    if (!(error instanceof HealthCardError)) throw error
    const todo =
      error.kind === 'platform'
        ? '平台拒绝：请核对 healthCard.appId、密钥文件、机构 ID，并请平台确认接口已开通'
        : '没有得到答复：请核对 healthCard.baseUrl，问网络管理员能不能从这台机器访问平台'
    return { ok: false, zh: `${todo}（${error.code}，请求号 ${error.requestId}）` }
  }
}

async function askHis({ clients }: ChannelsRoom, hospital: Hospital): Promise<CheckResult> {
  try {
    await clients.his(hospital).probe()
    return { ok: true }
  } catch (error) {
    if (!(error instanceof HisError)) throw error
    return {
      ok: false,
      zh: `没有正常答复（${error.code}）：请核对 his 的地址、密钥和网络，再运行 npm run zhangyi -- his check`,
    }
  }
}

async function askWechat(
  { clock, cipher, fetch: send }: ChannelsRoom,
  { wechat: { apiOrigin } }: Hospital,
  { appid, secretFile }: { readonly appid: string; readonly secretFile: string },
): Promise<CheckResult> {
  // A store of its own: what the servers share would answer in WeChat's place.
  const store = memoryTokenStore()
  try {
    const secret = readSecret(cipher, secretFile)
    await createAccessTokens({ apiOrigin, clock, fetch: send, appid, secret, store }).get()
    return { ok: true }
  } catch (error) {
    if (!(error instanceof WechatError)) throw error
    return { ok: false, zh: `${REFUSALS[error.code] ?? OTHERWISE}（${error.code}）` }
  }
}

const REFUSALS: Readonly<Record<string, string>> = {
  40013: '微信说 appid 不对：请核对配置里的 appid',
  40125: '微信说密钥不对：请在微信公众平台重置 AppSecret，换掉密钥文件，重启',
  40164: '本机出口 IP 不在白名单：请在微信公众平台 → 设置与开发 → 开发接口管理里加上出口 IP',
}
const OTHERWISE = '没有得到凭证：请确认这台机器能访问 wechat.apiOrigin，错误码的含义见微信公众平台的文档'

function addSmsProof(checks: Checks, { id, name }: Hospital): void {
  checks.addProof({
    zh: `${name}：短信能送到，签名和模板已经通过审核（没有不发短信就能测试的接口）`,
    where:
      '用自己的手机走一次“短信验证码”，再看「接口调用」里这一次的结果；短信服务商后台的签名和模板页截图留存',
    hospitalId: id,
  })
}
