const PLATFORMS: Readonly<Record<string, string>> = {
  'wechat-pay': '微信支付',
  weixin: '微信公众号',
  'health-card': '电子健康卡平台',
}

const KINDS: Readonly<Record<string, string>> = {
  'TRANSACTION.SUCCESS': '支付成功',
  'REFUND.SUCCESS': '退款成功',
  'REFUND.ABNORMAL': '退款异常',
  'REFUND.CLOSED': '退款关闭',
  'MCHTRANSFER.BILL.FINISHED': '转账有结果',
  TEMPLATESENDJOBFINISH: '模板消息送达结果',
  'health-code': '回跳：健康卡授权码',
  'reg-info-code': '回跳：建档信息码',
  'verify-result': '回跳：实人验证结果',
}

/** Why one was refused, in words for whoever configures it. */
const REASONS: Readonly<Record<string, string>> = {
  signature: '签名不对：不是平台发的，或公钥、证书不是现在用的',
  probe: '微信支付的探测：故意签错，拒绝才对，不用处理',
  'missing-header': '没有签名的请求头',
  'unknown-serial': '签名用的证书或公钥我们没有，请更新配置',
  clock: '时间相差太多，请核对本机时间',
  ciphertext: '签名对，但 APIv3 密钥解不开',
  malformed: '内容不是约定的格式',
  'too-large': '内容太长',
  'not-encrypted': '没有加密：公众号后台没有打开安全模式',
  stale: '时间太旧：重放，或本机时间不准',
  cipher: '签名对，但 EncodingAESKey 解不开',
  appid: '是别的公众号的消息',
}

export const PLATFORM_OPTIONS = Object.entries(PLATFORMS).map(([value, text]) => ({ value, text }))

export function platformName(platform: string): string {
  return PLATFORMS[platform] ?? platform
}

export function kindName(kind: string): string {
  return KINDS[kind] ?? (kind || '没有读')
}

export function reasonText(code: string): string {
  return REASONS[code] ?? code
}
