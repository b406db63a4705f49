import type { Hospital } from '../../hospitals/hospitals.ts'

/** `secret`: one line of text. `api-v3`: of exactly 32 bytes. `aes`: of 43 letters. */
export type KeyKind = 'secret' | 'api-v3' | 'aes' | 'private-key' | 'public-key' | 'certificate'

export interface KeyPlace {
  /** Where the file is named in the configuration. */
  readonly path: string
  readonly zh: string
  readonly kind: KeyKind
  readonly file: string
}

/** Every key of a hospital: the configuration names its file, and nothing else knows it. */
export function keyPlaces(hospital: Hospital): readonly KeyPlace[] {
  const { healthCard, wechat, sms, usage, notices } = hospital
  const secret = (path: string, zh: string, file: string | undefined, kind: KeyKind = 'secret') =>
    file === undefined ? [] : [{ path, zh, kind, file }]
  return [
    ...secret('healthCard.appSecretFile', '电子健康卡平台 appSecret', healthCard.appSecretFile),
    ...secret('wechat.miniProgram.secretFile', '小程序 AppSecret', wechat.miniProgram?.secretFile),
    ...secret('wechat.officialAccount.secretFile', '公众号 AppSecret', wechat.officialAccount?.secretFile),
    ...hisKeys(hospital.his),
    ...payKeys(hospital.wechatPay),
    ...secret('sms.secretFile', '短信网关密钥', sms?.secretFile),
    ...secret('notices.callback.tokenFile', '公众号消息推送 Token', notices.callback?.tokenFile),
    ...secret(
      'notices.callback.encodingAesKeyFile',
      '公众号消息推送 EncodingAESKey',
      notices.callback?.encodingAesKeyFile,
      'aes',
    ),
    ...usage.intake.flatMap(({ name, secretFile }, index) =>
      secret(`usage.intake.${index}.secretFile`, `${name}推送用卡数据的密钥`, secretFile),
    ),
  ]
}

function hisKeys(his: Hospital['his']): readonly KeyPlace[] {
  if (his.kind === 'module') return []
  const named = Object.entries(his.settingFiles).map(([name, file]) => ({
    ...{ path: `his.settingFiles.${name}`, zh: `HIS 映射里的 ${name}`, kind: 'secret' as const, file },
  }))
  if (his.kind === 'soap' || his.auth.kind === 'none') return named
  const { auth } = his
  const file = auth.kind === 'hmac' ? auth.secretFile : auth.tokenFile
  const path = auth.kind === 'hmac' ? 'his.auth.secretFile' : 'his.auth.tokenFile'
  return [{ path, zh: 'HIS 接口密钥', kind: 'secret', file }, ...named]
}

function payKeys(pay: Hospital['wechatPay']): readonly KeyPlace[] {
  if (!pay) return []
  return [
    {
      path: 'wechatPay.merchantPrivateKeyFile',
      zh: `商户 ${pay.mchid} 的 API 证书私钥`,
      kind: 'private-key',
      file: pay.merchantPrivateKeyFile,
    },
    { path: 'wechatPay.apiV3KeyFile', zh: 'APIv3 密钥', kind: 'api-v3', file: pay.apiV3KeyFile },
    ...pay.publicKeys.map(({ id, file }, index) => ({
      ...{
        path: `wechatPay.publicKeys.${index}.file`,
        zh: `微信支付公钥 ${id}`,
        kind: 'public-key' as const,
      },
      file,
    })),
    ...pay.platformCertificateFiles.map((file, index) => ({
      ...{ path: `wechatPay.platformCertificateFiles.${index}`, zh: '微信支付平台证书' },
      ...{ kind: 'certificate' as const, file },
    })),
  ]
}
