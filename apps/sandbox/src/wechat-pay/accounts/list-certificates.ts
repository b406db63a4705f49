import { API_V3_KEY } from '../credentials.ts'
import { PayRefusal } from '../errors.ts'
import { encryptResource } from '../keys/cipher.ts'
import { type PayPlatform, rfc3339 } from '../platform.ts'

/** 获取平台证书列表; merchants that have only the public key get RESOURCE_NOT_EXISTS. */
export function listCertificates({ keys }: PayPlatform): object {
  if (keys.publicKeyOnly)
    throw new PayRefusal('RESOURCE_NOT_EXISTS', '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥')
  return {
    data: keys.all.certificates.map(({ serial, pem, effectiveMs, expireMs }) => ({
      serial_no: serial,
      effective_time: rfc3339(effectiveMs),
      expire_time: rfc3339(expireMs),
      encrypt_certificate: encryptResource(pem, API_V3_KEY, 'certificate'),
    })),
  }
}
