import type { Cipher } from '../../crypto/cipher.ts'
import { badInput } from '../../errors/catalogue.ts'
import type { Hospital } from '../../hospitals/hospitals.ts'
import { type KeyPlace, keyPlaces } from './key-places.ts'
import {
  certificateFacts,
  certificateIn,
  KeyError,
  type KeyFacts,
  privateKeyIn,
  readKey,
} from './read-key.ts'

export interface GivenKey {
  readonly path: string
  readonly text: string
  /** Of a merchant's private key: the certificate that belongs to it. */
  readonly certificate?: string | undefined
}

export interface CheckedKey {
  /** What it would take the place of. */
  readonly place: KeyPlace
  readonly facts: KeyFacts
  /** What does not fit, and what to do. */
  readonly problems: readonly string[]
  readonly notes: readonly string[]
}

interface Parts {
  readonly cipher: Pick<Cipher, 'blindIndex'>
  readonly nowMs: number
}

/**
 * Looks at a key before it takes another's place: whether it can be read, belongs to its certificate, and that one to the
 * configuration. It is kept nowhere. Throws `bad-input`.
 */
export function checkKey(hospital: Hospital, given: GivenKey, { cipher, nowMs }: Parts): CheckedKey {
  const place = keyPlaces(hospital).find(({ path }) => path === given.path)
  if (!place) throw badInput({ field: 'path', message: '配置里没有这个密钥，请刷新页面' })
  const text = given.text.trim()
  const facts = inField('text', () => readKey(cipher, place.kind, text))
  const { certificate } = given
  if (place.kind === 'private-key' && certificate !== undefined)
    return { place, ...checkPair(hospital, { text, certificate: certificate.trim(), nowMs }) }
  const problems =
    facts.expiresAtMs !== undefined && facts.expiresAtMs <= nowMs ? ['这个证书已经过期，请取新的'] : []
  const notes = place.kind === 'private-key' ? ['没有给证书，没有核对它们是不是一对'] : []
  return { place, facts, problems, notes }
}

function checkPair(
  { wechatPay }: Hospital,
  {
    text,
    certificate,
    nowMs,
  }: { readonly text: string; readonly certificate: string; readonly nowMs: number },
): Omit<CheckedKey, 'place'> {
  const key = inField('text', () => privateKeyIn(text))
  const read = inField('certificate', () => certificateIn(certificate))
  const facts = certificateFacts(read)
  const configured = wechatPay?.merchantSerial ?? ''
  const isPair = read.checkPrivateKey(key)
  const isSerial = configured.toUpperCase() === facts.serial?.toUpperCase()
  return {
    facts,
    problems: [
      ...(isPair
        ? []
        : ['私钥和证书不是一对：请从同一次下载的压缩包里取 apiclient_key.pem 和 apiclient_cert.pem']),
      ...((facts.expiresAtMs ?? 0) > nowMs ? [] : ['证书已经过期，请在商户平台申请新的']),
    ],
    notes: isSerial
      ? ['证书序列号和配置的 wechatPay.merchantSerial 一致']
      : [`换上它的同时，要把 wechatPay.merchantSerial 从 ${configured} 改成 ${facts.serial}`],
  }
}

function inField<T>(field: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof KeyError) throw badInput({ field, message: error.message })
    throw error
  }
}
