import { sign, verify } from 'node:crypto'
import { answerMessage, createKeyRing, verifySigned } from '@zhangyi/wechat-pay'
import { library, PLATFORM_KEY_ID, platformKeys, platformPem, transferAnswer } from './fixtures.ts'

const ring = createKeyRing({ publicKeys: [{ id: PLATFORM_KEY_ID, pem: platformPem }] })
const rawBody = Buffer.from(transferAnswer)
const timestamp = String(Math.floor(Date.now() / 1_000))
const nonce = 'c5ac7061fccab6bf3e254dcf98995b8c'
const message = answerMessage(timestamp, nonce, rawBody)
const signature = sign('sha256', message, platformKeys.privateKey).toString('base64')
const headers = {
  'content-type': 'application/json; charset=utf-8',
  'request-id': '08F78BB5AF0610D302189E0E20FBF9F6ED',
  'wechatpay-nonce': nonce,
  'wechatpay-signature': signature,
  'wechatpay-serial': PLATFORM_KEY_ID,
  'wechatpay-timestamp': timestamp,
}

/** Ours for one answer: headers, probe, clock, key by serial, signature over the raw bytes. */
export function verifyOurs(): void {
  if (!verifySigned({ headers, rawBody }, ring, Date.now()).ok) throw new Error('not verified')
}

const libraryVerifier = library.Decorator.responseVerifier({ [PLATFORM_KEY_ID]: platformKeys.publicKey }) as (
  this: object,
  data: string,
  headers: object,
  status: number,
) => unknown
const call = {
  url: '/v3/fund-app/mch-transfer/transfer-bills',
  validateStatus: (status: number) => status < 300,
}

/** The library's for one answer: its own response verifier, which makes the same checks but the probe. */
export function verifyLibrary(): void {
  if (libraryVerifier.call(call, transferAnswer, headers, 200) !== transferAnswer)
    throw new Error('not verified')
}

const { publicKey } = platformKeys
const LINE_FEED = Buffer.from('\n')

/**
 * The floor: the least code that verifies one answer from the same inputs, the header's text and the raw body. No
 * search for the key, no clock, no probe. Decoding the signature's base64 costs some 10 % of it, and nobody can skip it.
 */
export function verifyBare(): void {
  const bytes = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), rawBody, LINE_FEED])
  if (!verify('sha256', bytes, publicKey, Buffer.from(signature, 'base64'))) throw new Error('not verified')
}
