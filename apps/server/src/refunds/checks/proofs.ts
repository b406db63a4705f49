import type { Proof } from '../../platform/checks/checks.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'

interface RefundProof extends Proof {
  readonly when: (hospital: Hospital) => boolean
}

const byFace = ({ refunds, wechatPay }: Hospital) => refunds.face.open && wechatPay?.transfer !== undefined
const byAssistant = ({ notices }: Hospital) => notices.assistant !== undefined
const always = () => true

/** What no interface tells before the first patient finds out. Where to look is what the platforms call it in 2026. */
export const PROOFS: readonly RefundProof[] = [
  {
    zh: '商家转账的场景已经批准；配置的 sceneId、perception 和每一条 reportInfos 与批准的文字一字不差',
    where: '微信支付商户平台 → 产品中心 → 商家转账 → 转账场景；截图留存',
    when: byFace,
  },
  {
    zh: '转账额度（单笔、单个用户每天、商户每天）够用；配置的 limitFen 不超过单笔额度',
    where: '微信支付商户平台 → 产品中心 → 商家转账 → 转账额度',
    when: byFace,
  },
  {
    zh: '发起转账的出口 IP 已经登记（查询通过不代表转账通过）',
    where: '微信支付商户平台 → 产品中心 → 商家转账 → 接口安全 IP；出口 IP 请问网络管理员',
    when: byFace,
  },
  {
    zh: '运营账户里有钱，并且有人负责充值；患者付的钱进基本账户，不会进运营账户',
    where: '微信支付商户平台 → 账户中心 → 运营账户；充值后在运营后台登记',
    when: byFace,
  },
  {
    zh: '原路退款从基本账户付：余额够当天的退款，结算没有把它提空',
    where: '微信支付商户平台 → 账户中心 → 基本账户',
    when: always,
  },
  {
    zh: '小程序已经开通人脸核身，类目是公立医疗机构',
    where: '微信公众平台（小程序）→ 行业能力 → 人脸核身',
    when: byFace,
  },
  {
    zh: '小程序和商户号已经关联',
    where: '微信支付商户平台 → 产品中心 → AppID 账号管理',
    when: byFace,
  },
  {
    zh: '就医助手已经开通，消息状态编号与微信给的表一致',
    where: '微信公众平台（公众号）→ 广告与服务 → 城市服务 → 行业能力 → 就医助手',
    when: byAssistant,
  },
]
