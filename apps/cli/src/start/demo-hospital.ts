import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HIS_OPERATIONS, type HisGroup } from '@zhangyi/his'
import {
  HEALTH_CARD_APP,
  HIS_REST,
  MESSAGE_PUSH,
  MINI_PROGRAM,
  OFFICIAL_ACCOUNT,
  SANDBOX_TEMPLATES,
  type Sandbox,
  SMS_GATEWAY,
  TOKEN_INVALID_CODES,
} from '@zhangyi/sandbox'
import { type HospitalInput, type Hospitals, parseHospitals } from '@zhangyi/server'

/** The example hospital of development mode: every channel leads to the sandbox. */
export function demoHospital(
  sandbox: Sandbox,
  dataDir: string,
  changes: Partial<HospitalInput> = {},
): Hospitals {
  const secrets = join(dataDir, 'sandbox-secrets')
  mkdirSync(secrets, { recursive: true, mode: 0o700 })
  const secretFile = (name: string, secret: string) => {
    const file = join(secrets, name)
    writeFileSync(file, secret, { mode: 0o600 })
    return file
  }
  const offered = sandbox.hospital().port
  return parseHospitals(
    {
      hospitals: [
        {
          id: 'demo',
          name: '市第一人民医院',
          phone: '0571-0000000',
          counter: '门诊一楼 3 号窗（8:00–17:00）',
          healthCard: {
            baseUrl: sandbox.origins['health-card'],
            h5Origin: sandbox.origins['health-card'],
            appId: HEALTH_CARD_APP.appId,
            appSecretFile: secretFile('health-card', HEALTH_CARD_APP.appSecret),
            hospitalId: HEALTH_CARD_APP.hospitalId,
            tokenInvalidCodes: [...TOKEN_INVALID_CODES],
          },
          wechat: {
            apiOrigin: sandbox.origins.weixin,
            openOrigin: sandbox.origins.weixin,
            miniProgram: {
              appid: MINI_PROGRAM.appid,
              secretFile: secretFile('mini-program', MINI_PROGRAM.secret),
            },
            officialAccount: {
              appid: OFFICIAL_ACCOUNT.appid,
              secretFile: secretFile('official-account', OFFICIAL_ACCOUNT.secret),
            },
          },
          his: {
            kind: 'rest',
            baseUrl: sandbox.origins['his-rest'] ?? '',
            auth: { kind: 'hmac', keyId: HIS_REST.keyId, secretFile: secretFile('his', HIS_REST.secret) },
            // What the sandbox's hospital offers while it holds deposits before they are paid back.
            groups: Object.keys(HIS_OPERATIONS).filter((group) => group in offered) as HisGroup[],
            ...(offered.deductions && !offered.deductions.reverse && { without: ['deductions.reverse'] }),
          },
          sms: {
            url: `${sandbox.origins['sms']}${SMS_GATEWAY.path}`,
            keyId: SMS_GATEWAY.keyId,
            secretFile: secretFile('sms', SMS_GATEWAY.secret),
          },
          wechatPay: sandboxMerchant(sandbox, secretFile),
          notices: sandboxNotices(secretFile),
          verification: { selfService: '门诊大厅自助机（6:30–21:00）：插身份证，选“报告打印”' },
          ...changes,
        },
      ],
    },
    '示例医院',
  )
}

/** The sandbox's message templates; its 就医助手 takes any status of its five families. */
function sandboxNotices(secretFile: (name: string, secret: string) => string): HospitalInput['notices'] {
  const fields = {
    name1: 'patientName',
    character_string2: 'cardNumber',
    amount3: 'balance',
    thing4: 'remark',
  } as const
  return {
    assistant: {
      messages: {
        default: {
          status: 1501090,
          fields: {
            ...{ pat_name: { show: 'patientName' }, pat_hospital_id: { show: 'cardNumber' } },
            ...{ amount: { show: 'balance' }, remark: { show: 'remark' } },
          },
        },
      },
    },
    template: { messages: { default: { templateId: SANDBOX_TEMPLATES.refund, fields } } },
    subscribe: { messages: { default: { templateId: SANDBOX_TEMPLATES.subscribeRefund, fields } } },
    callback: {
      tokenFile: secretFile('push-token', MESSAGE_PUSH.token),
      encodingAesKeyFile: secretFile('push-aes-key', MESSAGE_PUSH.encodingAesKey),
    },
  }
}

/** The sandbox's one merchant, as a hospital would write its own down. */
function sandboxMerchant(
  sandbox: Sandbox,
  secretFile: (name: string, secret: string) => string,
): HospitalInput['wechatPay'] {
  const given = sandbox.simulators['wechat-pay']?.credentials as Readonly<Record<string, string>> & {
    readonly platformCertificates: readonly { readonly serial: string; readonly pem: string }[]
  }
  const of = (name: string) => String(given[name])
  return {
    ...{ mchid: of('mchid'), merchantSerial: of('merchantSerial') },
    merchantPrivateKeyFile: secretFile('wechat-pay-merchant.pem', of('merchantPrivateKeyPem')),
    apiV3KeyFile: secretFile('wechat-pay-api-v3', of('apiV3Key')),
    publicKeys: [{ id: of('publicKeyId'), file: secretFile('wechat-pay-public.pem', of('publicKeyPem')) }],
    platformCertificateFiles: given.platformCertificates.map(({ pem }, index) =>
      secretFile(`wechat-pay-certificate-${index}.pem`, pem),
    ),
    origins: [sandbox.origins['wechat-pay'] ?? ''],
    transfer: {
      sceneId: '1011',
      perception: '退款',
      reportInfos: [{ type: '赔付原因', content: '门诊预交金退款' }],
    },
  }
}
