import {
  constants,
  createDecipheriv,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ManualClock } from '@zhangyi/core'
import { onTestFinished } from 'vitest'
import { memoryStore, type Store } from '../kit/store.ts'
import { buildWechatPaySimulator } from './build-wechat-pay-simulator.ts'

export interface Credentials {
  readonly appid: string
  readonly mchid: string
  readonly merchantSerial: string
  readonly merchantPrivateKeyPem: string
  readonly apiV3Key: string
  readonly publicKeyId: string
  readonly publicKeyPem: string
  readonly platformCertificates: readonly { readonly serial: string; readonly pem: string }[]
  readonly transferSceneId: string
  readonly openid: string
}

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly mchid?: string
  readonly timestamp?: number
  readonly signedBody?: string
  /** The five fields of Authorization the other way round. */
  readonly reversed?: boolean
}

/** A merchant that speaks the protocol from the contract alone, with a clock to move. For tests. */
export function testMerchant({
  clock = new ManualClock('2026-11-23T10:00:00+08:00'),
  store = memoryStore(),
}: {
  readonly clock?: ManualClock
  readonly store?: Store<unknown>
} = {}) {
  const context = { clock, baseUrl: 'http://127.0.0.1:9103', origins: {}, store }
  const simulator = buildWechatPaySimulator(context)
  onTestFinished(() => simulator.app.close())
  const me = simulator.credentials as unknown as Credentials

  const call = async (method: 'GET' | 'POST', url: string, body?: object, options: CallOptions = {}) => {
    const text = body === undefined ? '' : JSON.stringify(body)
    const timestamp = options.timestamp ?? Math.floor(clock.nowMs() / 1_000)
    const nonce = randomBytes(16).toString('hex')
    const message = `${method}\n${url}\n${timestamp}\n${nonce}\n${options.signedBody ?? text}\n`
    const signature = sign('sha256', Buffer.from(message), me.merchantPrivateKeyPem).toString('base64')
    const fields = { mchid: options.mchid ?? me.mchid, nonce_str: nonce, signature, timestamp }
    const parts = Object.entries({ ...fields, serial_no: me.merchantSerial }).map(([k, v]) => `${k}="${v}"`)
    if (options.reversed) parts.reverse()
    const headers = {
      accept: 'application/json',
      'user-agent': 'test-merchant',
      authorization: `WECHATPAY2-SHA256-RSA2048 ${parts.join(',')}`,
      ...(text && { 'content-type': 'application/json' }),
      ...options.headers,
    }
    return simulator.app.inject({
      ...{ method, url, headers },
      ...(text && { payload: text }),
    })
  }

  /** Carries an action out. */
  const act = async <T>(name: string, input: object = {}): Promise<T> => {
    const action = simulator.actions[name]
    if (!action) throw new Error(`no action ${name}`)
    return (await action(input as Record<string, unknown>)) as T
  }
  const encrypt = (plain: string) =>
    publicEncrypt(
      { key: me.publicKeyPem, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      Buffer.from(plain),
    ).toString('base64')
  const decrypt = (base64: string) =>
    privateDecrypt(
      { key: me.merchantPrivateKeyPem, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      Buffer.from(base64, 'base64'),
    ).toString()
  const fault = (kind: string, operation?: string, more: object = {}) =>
    simulator.faults.order({ kind, operation, times: 1, ...more })
  const page = (method: 'GET' | 'POST', url: string, form: Record<string, string>, person = 'lihua') => {
    const text = new URLSearchParams(form).toString()
    return simulator.app.inject({
      method,
      url: method === 'GET' ? `${url}?${text}` : url,
      headers: {
        cookie: `sandbox_wechat_person=${person}`,
        ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(method === 'POST' && { payload: text }),
    })
  }
  return { simulator, clock, me, call, act, encrypt, decrypt, fault, page, store }
}

export type TestMerchant = ReturnType<typeof testMerchant>

type Headers = Readonly<Record<string, unknown>>

/** Verifies an answer or a callback with the key that its serial names. */
export function isGenuine(me: Credentials, headers: Headers, body: string): boolean {
  const serial = String(headers['wechatpay-serial'])
  const certificate = me.platformCertificates.find((one) => one.serial === serial)
  const key = certificate ? new X509Certificate(certificate.pem).publicKey : me.publicKeyPem
  if (!certificate && serial !== me.publicKeyId) return false
  const text = `${headers['wechatpay-timestamp']}\n${headers['wechatpay-nonce']}\n${body}\n`
  return verify(
    'sha256',
    Buffer.from(text),
    key,
    Buffer.from(String(headers['wechatpay-signature']), 'base64'),
  )
}

export interface Received {
  readonly headers: Headers
  readonly body: string
  readonly envelope: { readonly id: string; readonly event_type: string; readonly resource: Resource }
}
interface Resource {
  readonly ciphertext: string
  readonly nonce: string
  readonly associated_data: string
  readonly original_type: string
}

/** The plain text of a resource under the APIv3 key. */
export function openResource(resource: Resource, apiV3Key: string): string {
  const bytes = Buffer.from(resource.ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', apiV3Key, resource.nonce)
  decipher.setAAD(Buffer.from(resource.associated_data))
  decipher.setAuthTag(bytes.subarray(-16))
  return decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8')
}

/** A notify_url of a hospital: keeps what comes and answers as told (200 when nothing is told). */
export async function callbackReceiver() {
  const received: Received[] = []
  const answers: number[] = []
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      received.push({ headers: request.headers, body, envelope: JSON.parse(body) })
      reply.writeHead(answers.shift() ?? 200).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wechat-pay/notify`
  return { url, received, answers }
}

/** A body for 发起转账 that every check accepts. */
export function transferBody(me: Credentials, outBillNo: string, change: object = {}): object {
  return {
    appid: me.appid,
    out_bill_no: outBillNo,
    transfer_scene_id: me.transferSceneId,
    openid: me.openid,
    transfer_amount: 12_345,
    transfer_remark: '门诊预交金退款',
    user_recv_perception: '退款',
    transfer_scene_report_infos: [{ info_type: '赔付原因', info_content: '门诊预交金退款' }],
    ...change,
  }
}

/** A body for JSAPI 下单. */
export function prepayBody(me: Credentials, outTradeNo: string, change: object = {}): object {
  return {
    ...{ appid: me.appid, mchid: me.mchid, description: '门诊预交金充值', out_trade_no: outTradeNo },
    notify_url: 'http://127.0.0.1:1/notify',
    amount: { total: 10_000, currency: 'CNY' },
    payer: { openid: me.openid },
    ...change,
  }
}
