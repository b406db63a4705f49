import { decryptResource, type EncryptedResource } from '../aead.ts'
import type { Caller } from '../create-caller.ts'
import { ENDPOINTS } from '../endpoints.ts'
import { WechatPayCryptoError, WechatPayError } from '../errors.ts'
import { headerOf } from '../headers.ts'
import { KeyRing, type RingKey } from '../key-ring.ts'
import {
  MalformedAnswer,
  type Members,
  malformed,
  membersOf,
  parseMembers,
  requiredMembers,
  requiredText,
} from '../read-members.ts'
import { verifySigned } from '../verify.ts'

const ASSOCIATED_DATA = 'certificate'
const MAX_CERTIFICATES = 20

/**
 * 下载平台证书 and adds them to the ring; refresh at least every 12 hours, a new one overlaps the old. The very first
 * answer is signed by a certificate that it brings itself: that one is trusted because only WeChat and the merchant hold
 * the APIv3 key that it was sealed with. `none`: the merchant has the public key only. Throws `WechatPayError`.
 */
export async function fetchCertificates(caller: Caller): Promise<readonly RingKey[] | 'none'> {
  const endpoint = 'certificates'
  const answer = await caller.readRaw(endpoint, ENDPOINTS.certificates).catch((error: unknown) => {
    const isNone = error instanceof WechatPayError && error.code === 'RESOURCE_NOT_EXISTS'
    if (isNone && error.httpStatus === 404) return 'none' as const
    throw error
  })
  if (answer === 'none') return 'none'
  const { ring } = caller
  const verify = (trusted: KeyRing) => {
    const verified = verifySigned(answer, trusted, caller.clock.nowMs())
    if (verified.ok) return
    if (trusted !== ring) ring.counters[verified.why === 'probe' ? 'probes' : 'failures'] += 1
    throw new WechatPayError('unknown', endpoint, `signature:${verified.why}`, answerFacts(answer))
  }
  const isKnown = ring.find(headerOf(answer.headers, 'wechatpay-serial') ?? '') !== undefined
  if (isKnown) verify(ring)
  const pems = openList(caller, answer.rawBody)
  if (!pems) throw new WechatPayError('unknown', endpoint, 'malformed', answerFacts(answer))
  if (!isKnown) verify(ringOf(pems))
  return pems.map((pem) => ring.addCertificate(pem))
}

function answerFacts({ status, requestId }: { status: number; requestId: string | undefined }) {
  return { httpStatus: status, requestId }
}

function ringOf(pems: readonly string[]): KeyRing {
  const ring = new KeyRing()
  for (const pem of pems) ring.addCertificate(pem)
  return ring
}

/** PEM of every certificate in the list, or undefined if anything in it is not as it must be. */
function openList(caller: Caller, rawBody: Uint8Array): readonly string[] | undefined {
  const list = parseMembers(rawBody)?.['data']
  if (!Array.isArray(list) || list.length === 0 || list.length > MAX_CERTIFICATES) return undefined
  try {
    return list.map((entry) => openEntry(caller, membersOf(entry) ?? malformed('data')))
  } catch (error) {
    if (error instanceof MalformedAnswer || error instanceof WechatPayCryptoError) return undefined
    throw error
  }
}

function openEntry(caller: Caller, entry: Members): string {
  const sealed = requiredMembers(entry, 'encrypt_certificate')
  const resource: EncryptedResource = {
    ciphertext: requiredText(sealed, 'ciphertext'),
    nonce: requiredText(sealed, 'nonce'),
    // Not what the answer says: another purpose's ciphertext must not pass for a certificate.
    associated_data: ASSOCIATED_DATA,
  }
  const pem = decryptResource(resource, caller.apiV3Key).toString('utf8')
  const ring = new KeyRing()
  const found = ring.addCertificate(pem)
  if (ring.find(requiredText(entry, 'serial_no')) !== found) malformed('serial_no')
  return pem
}
