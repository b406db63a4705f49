import { sign } from 'node:crypto'
import { createSigner } from '@zhangyi/wechat-pay'
import {
  library,
  MCHID,
  MERCHANT_SERIAL,
  merchantKeys,
  merchantPem,
  TRANSFER_PATH,
  transferBody,
} from './fixtures.ts'

const { Formatter, Rsa } = library
const signer = createSigner({ mchid: MCHID, serial: MERCHANT_SERIAL, privateKeyPem: merchantPem })
const bytes = Buffer.from(transferBody)
const now = () => Math.floor(Date.now() / 1_000)

/** Ours for one request: time, nonce, the five lines over the body's bytes, signature, `Authorization` header. */
export function signOurs(): string {
  return signer.authorization({ method: 'POST', pathAndQuery: TRANSFER_PATH, timestamp: now(), body: bytes })
}

const { privateKey } = merchantKeys
const FIXED_NONCE = '0'.repeat(32)
const LINE_FEED = Buffer.from('\n')

/**
 * The library's for one request: the very calls that its request interceptor makes, with its key parsed beforehand.
 * Left out, in the library's favour, is what it does for axios besides: serialising the body and assembling the URL.
 */
export function signLibrary(): string {
  const [nonce, timestamp] = [Formatter.nonce(), Formatter.timestamp()]
  const message = Formatter.request('POST', TRANSFER_PATH, timestamp, nonce, transferBody)
  return Formatter.authorization(MCHID, nonce, Rsa.sign(message, privateKey), timestamp, MERCHANT_SERIAL)
}

/** The floor: the least code that gives the signature of one request from the same inputs. No nonce, no header, no checks. */
export function signBare(): string {
  const head = Buffer.from(`POST\n${TRANSFER_PATH}\n${now()}\n${FIXED_NONCE}\n`)
  return sign('sha256', Buffer.concat([head, bytes, LINE_FEED]), privateKey).toString('base64')
}
