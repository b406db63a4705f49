import { WechatPayError } from '@zhangyi/wechat-pay'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'

/** The host that is asked first. */
export function originOf({ wechatPay }: Hospital): string {
  return wechatPay?.origins?.[0] ?? 'https://api.mch.weixin.qq.com'
}

/** Why WeChat gave no usable answer, and what to do. Its own words stay out: they may quote what was sent. */
export function explainRefusal(error: unknown, hospital: Hospital): string {
  if (!(error instanceof WechatPayError)) throw error
  const { kind, code, requestId } = error
  const number = requestId === undefined ? '' : `；微信的请求编号 ${requestId}`
  return `${reasonOf(kind, code, hospital)}（${code}${number}）`
}

function reasonOf(kind: WechatPayError['kind'], code: string, hospital: Hospital): string {
  if (kind === 'transport')
    return `连不上 ${originOf(hospital)}：请确认本机能访问外网，防火墙按域名放行微信支付`
  if (code === 'SIGN_ERROR')
    return '微信不认这个签名：请核对商户号、merchantSerial 和私钥是不是同一张商户证书的，本机时间准不准'
  if (code.startsWith('signature:'))
    return '微信的答复没有通过验签：请核对 publicKeys 和 platformCertificateFiles 是不是这个商户号的'
  if (code === 'NO_AUTH')
    return '商户号没有这个接口的权限：请在商户平台“产品中心”确认已经开通，并确认接口安全 IP'
  return kind === 'platform' ? '微信没有受理' : '微信没有正常答复，请稍后再试'
}
