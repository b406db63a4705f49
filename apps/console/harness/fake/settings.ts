import { NOW_MS } from './world.ts'

const DAY_MS = 86_400_000
const row = (path: string, about: string, value: string, standard?: string) => ({
  ...{ path, about, value, isStandard: value === (standard ?? '') },
  ...(standard !== undefined && { standard }),
})
const key = (name: string, path: string, kind: string, state = 'good', more: object = {}) => ({
  ...{ name, path, kind, state, storage: 'sealed', file: `/etc/zhangyi/keys/${path.replaceAll('.', '-')}` },
  facts: { fingerprint: '9F2C 41A0 77D3 B8E6 0C5A 1E94 D27B 63F8' },
  changedAtMs: NOW_MS - 40 * DAY_MS,
  ...more,
})

function merchantKey(replaced: ReadonlySet<string>) {
  const path = 'wechatPay.merchantPrivateKeyFile'
  const name = '商户 1900000109 的 API 证书私钥'
  if (!replaced.has(path)) return key(name, path, 'private-key')
  return key(name, path, 'private-key', 'changed', { problem: '启动以后换过，重启网关才会用新的' })
}

export function fakeSettings(replaced: ReadonlySet<string>) {
  return {
    file: '/etc/zhangyi/hospitals.json',
    groups: [
      {
        ...{ key: 'hospital', name: '医院', isSet: true },
        rows: [
          row('id', '', 'main'),
          row('name', '医院名称，显示在每一页的标题上', '市第一人民医院（总院）'),
          row('phone', '患者遇到困难时拨打的电话', '0571-87000000'),
        ],
      },
      {
        ...{ key: 'refunds', name: '预交金退款', isSet: true },
        rows: [
          row('refunds.original.maxDays', '付款之后多少天内可以原路退回', '180', '365'),
          row('refunds.face.open', '还需要 wechatPay.transfer 和 HIS 的退款接口', 'true', 'true'),
        ],
      },
      {
        ...{ key: 'sms', name: '短信', isSet: false },
        rows: [row('sms', '整个对象没有配置', '')],
      },
    ],
    keys: [
      key('电子健康卡平台 appSecret', 'healthCard.appSecretFile', 'secret', 'good', {
        ...{ storage: 'plain', advice: '建议加密：在服务器上执行 zhangyi keys seal，或在这里更换' },
      }),
      merchantKey(replaced),
      key('微信支付平台证书', 'wechatPay.platformCertificateFiles.0', 'certificate', 'ending', {
        problem: '快到期，请准备换新的',
        facts: {
          fingerprint: '5B1D 90EE 2A47 C3F1 8860 4DB9 7E02 A15C',
          serial: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
          expiresAtMs: NOW_MS + 21 * DAY_MS,
        },
      }),
      key('公众号 AppSecret', 'wechat.officialAccount.secretFile', 'secret', 'missing', {
        ...{ problem: '没有这个文件，或运行网关的用户读不到它', facts: undefined, changedAtMs: undefined },
        storage: undefined,
      }),
    ],
    installation: [
      row('ZHANGYI_MODE', '运行模式。production 下拒绝连接任何模拟器。', 'production', 'development'),
      row('ZHANGYI_PORT', '网关端口。', '8080', '8080'),
    ],
  }
}

export function fakeTests() {
  return {
    atMs: NOW_MS,
    lines: [
      {
        ...{ name: 'channels.his.main', state: 'passed' },
        about: '市第一人民医院：问 HIS 能不能服务（probe，不改变任何东西）：有正常答复即通过',
      },
      {
        ...{ name: 'channels.wechat.main', state: 'failed' },
        about: '市第一人民医院：取微信小程序 wx0123 的凭证（POST /cgi-bin/stable_token）：得到凭证即通过',
        note: '本机出口 IP 不在白名单：请在微信公众平台 → 设置与开发 → 开发接口管理里加上出口 IP（40164）',
      },
      {
        ...{ name: 'proof.0', state: 'by-hand' },
        about: '市第一人民医院：转账额度够用；配置的 limitFen 不超过单笔额度',
        note: '在哪里看：微信支付商户平台 → 产品中心 → 商家转账 → 转账额度',
      },
    ],
  }
}

/** What the private key and its certificate say to each other. */
export function fakeCheckedKey(body: Record<string, string>) {
  const isPrivate = body['path'] === 'wechatPay.merchantPrivateKeyFile'
  const isPair = body['certificate'] !== undefined
  return {
    facts: {
      fingerprint: '0A44 B7C1 6E2F 93D8 51AC 7F06 E8B3 2D90',
      ...(isPair && { serial: '7A10C2', expiresAtMs: NOW_MS + 1_800 * DAY_MS }),
    },
    problems: [],
    notes: isPair
      ? ['换上它的同时，要把 wechatPay.merchantSerial 从 5157F0 改成 7A10C2']
      : isPrivate
        ? ['没有给证书，没有核对它们是不是一对']
        : [],
  }
}

export function fakeReplacedKey(body: Record<string, string>) {
  const { facts, notes } = fakeCheckedKey(body)
  const { path = '' } = body
  return { facts, notes, previous: `/etc/zhangyi/keys/${path.replaceAll('.', '-')}.previous` }
}
