import { sign as cryptoSign, type KeyObject, randomBytes } from 'node:crypto'
import { WechatPayInputError } from './errors.ts'
import { readPrivateKey } from './rsa-keys.ts'

const SCHEME = 'WECHATPAY2-SHA256-RSA2048'
const EMPTY = new Uint8Array()

export interface RequestToSign {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path and `?query` exactly as on the wire: encoded, without scheme and host. */
  readonly pathAndQuery: string
  /** Seconds since 1970. */
  readonly timestamp: number
  /** 1–32 letters and digits. */
  readonly nonce: string
  /** The very bytes that are sent. Left out for a GET and for a POST without body: their fifth line is empty. */
  readonly body?: Uint8Array | string | undefined
}

export interface MerchantKey {
  readonly mchid: string
  /** Serial of the merchant API certificate: hex, upper case. */
  readonly serial: string
  readonly privateKey: KeyObject
}

/** The five lines that are signed, each ended by LF, the last too. */
export function requestMessage(request: RequestToSign): Buffer {
  const { method, pathAndQuery, timestamp, nonce, body = EMPTY } = request
  const head = `${method}\n${pathAndQuery}\n${timestamp}\n${nonce}\n`
  if (typeof body === 'string') return Buffer.from(`${head}${body}\n`, 'utf8')
  const headLength = Buffer.byteLength(head)
  const message = Buffer.allocUnsafe(headLength + body.length + 1)
  message.write(head, 'utf8')
  message.set(body, headLength)
  message[headLength + body.length] = 0x0a
  return message
}

/** Value of the `Authorization` header. Throws `WechatPayInputError` for what would break the header or the lines. */
export function signRequest(request: RequestToSign, merchant: MerchantKey): string {
  const { nonce, timestamp, pathAndQuery } = request
  if (!/^[0-9A-Za-z]{1,32}$/.test(nonce))
    throw new WechatPayInputError('nonce_str', 'not 1–32 letters and digits')
  if (!Number.isSafeInteger(timestamp) || timestamp < 0)
    throw new WechatPayInputError('timestamp', 'not whole seconds')
  // Only printable ASCII: anything else is encoded differently on the wire than it was signed.
  if (!/^\/[\x21-\x7e]*$/.test(pathAndQuery))
    throw new WechatPayInputError('path', 'not an encoded absolute path')
  const signature = cryptoSign('sha256', requestMessage(request), merchant.privateKey).toString('base64')
  return `${SCHEME} mchid="${merchant.mchid}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${merchant.serial}"`
}

export interface SignerOptions {
  readonly mchid: string
  readonly serial: string
  readonly privateKeyPem: string
}

export interface Signer {
  readonly merchant: MerchantKey
  /** The `Authorization` header for one sending, with a fresh nonce. */
  authorization(request: Omit<RequestToSign, 'nonce'>): string
  /** SHA256withRSA, base64, over a text; for the client's payment parameters. */
  signText(text: string): string
}

/** Parses the merchant's key once and signs with it. Throws `WechatPayCryptoError`, `WechatPayInputError`. */
export function createSigner({ mchid, serial, privateKeyPem }: SignerOptions): Signer {
  if (!/^[0-9A-Za-z_-]{1,32}$/.test(mchid)) throw new WechatPayInputError('mchid', 'not a merchant number')
  if (!/^[0-9A-Fa-f]{1,64}$/.test(serial))
    throw new WechatPayInputError('serial_no', 'not a hexadecimal serial')
  const merchant: MerchantKey = {
    mchid,
    serial: serial.toUpperCase(),
    privateKey: readPrivateKey(privateKeyPem),
  }
  return {
    merchant,
    authorization: (request) => signRequest({ ...request, nonce: newNonce() }, merchant),
    signText: (text) =>
      cryptoSign('sha256', Buffer.from(text, 'utf8'), merchant.privateKey).toString('base64'),
  }
}

/** 32 upper-case hex digits, 128 random bits. */
export function newNonce(): string {
  return randomBytes(16).toString('hex').toUpperCase()
}
