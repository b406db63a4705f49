import { createHash } from 'node:crypto'
import type { Sensitive } from '@zhangyi/core'

/** The one kind of document that face verification knows: the second-generation card of mainland residents. */
export const CERT_TYPE = 'IDENTITY_CARD'

/**
 * The hash by which `queryVerifyInfo` compares the certificate: each value as UTF-8 in padded Base64, joined as
 * `key=value` with `&`, SHA-256 in lower-case hex. It is no protection of the number: few numbers are possible, so that
 * it can be found by trying. Keep it like personal data.
 */
export function certHash(certName: Sensitive, certNo: Sensitive): string {
  const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')
  const joined = [
    `cert_type=${base64(CERT_TYPE)}`,
    `cert_name=${base64(certName.reveal())}`,
    `cert_no=${base64(certNo.reveal())}`,
  ].join('&')
  return createHash('sha256').update(joined).digest('hex')
}
