import { type ChangingEndpoint, isChangingEndpoint } from './endpoints.ts'
import { WechatPayInputError } from './errors.ts'

/**
 * A request that changes something, complete but for its signature. Store it before it is sent, and send exactly these
 * bytes again on every retry: an encrypted name is different in each encryption, and the same number with other bytes
 * could be taken for a conflict. The body holds personal data: encrypt it at rest.
 */
export interface PreparedRequest<E extends ChangingEndpoint = ChangingEndpoint> {
  readonly endpoint: E
  readonly method: 'POST'
  /** A number is unique for its merchant only: sent in another's name, the same bytes would pay a second time. */
  readonly mchid: string
  /** Path as sent, encoded. */
  readonly path: string
  /** Empty for a POST without body. */
  readonly body: Uint8Array
  /** The key that sensitive fields in the body are encrypted with; sent as `Wechatpay-Serial`. */
  readonly encryptionKeyId?: string
  /** The business number by which the outcome is queried. */
  readonly number: string
}

/** JSON-able form of a prepared request. */
export interface StoredRequest {
  readonly endpoint: string
  readonly method: string
  readonly mchid: string
  readonly path: string
  readonly bodyBase64: string
  readonly encryptionKeyId?: string
  readonly number: string
}

export function storeRequest({ body, ...rest }: PreparedRequest): StoredRequest {
  return { ...rest, bodyBase64: Buffer.from(body).toString('base64') }
}

/** Throws `WechatPayInputError` if what was stored is not a prepared request, or not the whole of it. */
export function restoreRequest({ bodyBase64, endpoint, method, ...rest }: StoredRequest): PreparedRequest {
  if (!isChangingEndpoint(endpoint) || method !== 'POST')
    throw new WechatPayInputError('endpoint', 'not a prepared request')
  const { mchid, path, number, encryptionKeyId = '' } = rest
  if (![mchid, path, number, encryptionKeyId].every((text) => typeof text === 'string'))
    throw new WechatPayInputError('request', 'not a prepared request')
  // Decoding skips what is not base64: a record that was cut or changed would give other bytes under the same number.
  const body = Buffer.from(String(bodyBase64), 'base64')
  if (body.toString('base64') !== bodyBase64) throw new WechatPayInputError('body', 'not the stored bytes')
  return { ...rest, endpoint, method, body: new Uint8Array(body) }
}

/** JSON bytes of a body; members that are undefined are left out, because the platform refuses null. */
export function jsonBody(members: object): Uint8Array {
  return new Uint8Array(Buffer.from(JSON.stringify(members), 'utf8'))
}

/** Checks that a prepared request goes to the operation that it was prepared for. */
export function expectEndpoint<E extends ChangingEndpoint>(prepared: PreparedRequest, endpoint: E): void {
  if (prepared.endpoint !== endpoint)
    throw new WechatPayInputError('endpoint', `prepared for ${prepared.endpoint}, not for ${endpoint}`)
}
