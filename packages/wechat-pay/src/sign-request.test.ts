import { createPublicKey, verify } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WechatPayCryptoError, WechatPayInputError } from './errors.ts'
import { createSigner, requestMessage, signRequest } from './sign-request.ts'
import { MERCHANT, MERCHANT_SERIAL } from './testing/platform-keys.ts'
import { PUBLISHED } from './testing/published-vectors.ts'

const signer = createSigner({ mchid: '1900000001', serial: MERCHANT_SERIAL, privateKeyPem: MERCHANT.pem })
const published = createSigner(PUBLISHED.merchant)

test.each(PUBLISHED.requests)("WeChat's published example: $method $pathAndQuery", (example) => {
  const { signature, ...request } = example
  const header = signRequest({ ...PUBLISHED.stamp, ...request }, published.merchant)
  expect(header).toBe(
    `WECHATPAY2-SHA256-RSA2048 mchid="1900007291",nonce_str="593BEC0C930BF1AFEB40B4A08C8FB242",signature="${signature}",timestamp="1554208460",serial_no="408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB"`,
  )
})

test('the body line of a GET and of a POST without body is empty, and still ends in LF', () => {
  const request = { pathAndQuery: '/v3/x', timestamp: 1, nonce: 'n' } as const
  expect(requestMessage({ ...request, method: 'GET' }).toString()).toBe('GET\n/v3/x\n1\nn\n\n')
  expect(requestMessage({ ...request, method: 'POST', body: new Uint8Array() }).toString()).toBe(
    'POST\n/v3/x\n1\nn\n\n',
  )
})

test('what is signed are the bytes that are sent, whatever they are', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 0, max: 2 ** 40 }),
      (body, timestamp) => {
        const request = { method: 'POST', pathAndQuery: '/v3/x?a=%E4', timestamp, body } as const
        const header = signer.authorization(request)
        const nonce = /nonce_str="([0-9A-F]{32})"/.exec(header)?.[1] ?? ''
        const signature = Buffer.from(/signature="([^"]+)"/.exec(header)?.[1] ?? '', 'base64')
        const message = Buffer.concat([
          Buffer.from(`POST\n/v3/x?a=%E4\n${timestamp}\n${nonce}\n`),
          body,
          Buffer.from('\n'),
        ])
        expect(verify('sha256', message, createPublicKey(MERCHANT.pem), signature)).toBe(true)
        message[0] = 0x51
        expect(verify('sha256', message, createPublicKey(MERCHANT.pem), signature)).toBe(false)
      },
    ),
    { seed: 20261123, numRuns: 50 },
  )
})

test('what would break the header or the signed lines is refused', () => {
  const good = { method: 'GET', pathAndQuery: '/v3/x', timestamp: 1, nonce: 'n' } as const
  for (const bad of [
    { nonce: 'a"b' },
    { nonce: '' },
    { timestamp: 1.5 },
    { timestamp: -1 },
    { pathAndQuery: 'v3' },
    { pathAndQuery: '/v3/退款' },
    { pathAndQuery: '/v3\n' },
  ])
    expect(() => signRequest({ ...good, ...bad }, signer.merchant)).toThrow(WechatPayInputError)
})

test('a key that is no RSA private key is refused without repeating it', () => {
  const make = (privateKeyPem: string) => () => createSigner({ mchid: '1', serial: 'AB', privateKeyPem })
  expect(make('-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----')).toThrow(WechatPayCryptoError)
  expect(make('secret')).toThrow('private key: not readable as PEM')
  expect(() => createSigner({ mchid: '1"', serial: 'AB', privateKeyPem: MERCHANT.pem })).toThrow('mchid')
})
