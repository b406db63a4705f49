/** Proof by strangers' code: what ours signs, another client verifies, and the other way round. */
import { generateKeyPairSync } from 'node:crypto'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WechatpayAxiosPlugin } from 'wechatpay-axios-plugin'
import { makeFundFlowBill, makeTradeBill } from '../../../bench/lib/make-bill.ts'
import { decryptResource } from './aead.ts'
import { readFundFlowBill, readTradeBill } from './bills/parse/index.ts'
import { allOf, inPieces } from './bills/parse/test-bytes.ts'
import { createKeyRing } from './key-ring.ts'
import { decryptSensitive, encryptSensitive } from './oaep.ts'
import { createSigner, signRequest } from './sign-request.ts'
import { answerMessage, verifySigned } from './verify.ts'

// CommonJS whose types describe one namespace; what is loaded is that namespace.
const library: typeof WechatpayAxiosPlugin = createRequire(import.meta.url)('wechatpay-axios-plugin')
const { Aes, Decorator, Formatter, Rsa } = library

const seed = 20_261_123
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 })
const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = (key: typeof platform.publicKey) => key.export({ type: 'spki', format: 'pem' }).toString()
const MCHID = '1900000001'
const SERIAL = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1'
const KEY_ID = 'PUB_KEY_ID_0119000000012026112300000000000001'
const ring = () => createKeyRing({ publicKeys: [{ id: KEY_ID, pem: pem(platform.publicKey) }] })
const signer = createSigner({
  mchid: MCHID,
  serial: SERIAL,
  privateKeyPem: merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
})

const texts = fc.string({ unit: fc.constantFrom(...'门诊𠮷az09{}":,\n '), maxLength: 60 })
const nonces = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFabcdef'), minLength: 1, maxLength: 32 })
const seconds = fc.integer({ min: 1_500_000_000, max: 2_000_000_000 })

const fieldsOf = (authorization: string) =>
  Object.fromEntries(
    [...authorization.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )

describe('requests', () => {
  test.each<['GET' | 'POST', string, string | undefined]>([
    ['GET', '/v3/certificates', undefined],
    ['GET', '/v3/bill/tradebill?bill_date=2026-11-22&bill_type=ALL&tar_type=GZIP', undefined],
    ['POST', '/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/TK1/cancel', undefined],
    ['POST', '/v3/fund-app/mch-transfer/transfer-bills', '{"transfer_remark":"门诊预交金退款𠮷"}'],
  ])('the library verifies what we sign: %s %s', (method, pathAndQuery, body) => {
    const header = signer.authorization({
      method,
      pathAndQuery,
      timestamp: 1_795_400_000,
      body: body === undefined ? undefined : Buffer.from(body),
    })
    const fields = fieldsOf(header)
    expect(header).toMatch(/^WECHATPAY2-SHA256-RSA2048 \w+="/)
    expect(fields).toMatchObject({ mchid: MCHID, serial_no: SERIAL, timestamp: '1795400000' })
    const { nonce_str = '', timestamp = '', signature = '' } = fields
    const message = Formatter.request(method, pathAndQuery, timestamp, nonce_str, body)
    expect(Rsa.verify(message, signature, merchant.publicKey)).toBe(true)
  })

  test(`and signs the same text to the same signature (seed ${seed})`, () => {
    fc.assert(
      fc.property(seconds, nonces, texts, (timestamp, nonce, body) => {
        const path = '/v3/pay/transactions/jsapi'
        const ours = fieldsOf(
          signRequest({ method: 'POST', pathAndQuery: path, timestamp, nonce, body }, signer.merchant),
        )
        const theirs = fieldsOf(
          Formatter.authorization(
            MCHID,
            nonce,
            Rsa.sign(Formatter.request('POST', path, timestamp, nonce, body), merchant.privateKey),
            timestamp,
            SERIAL,
          ),
        )
        expect(ours).toEqual(theirs)
      }),
      { seed, numRuns: 40 },
    )
  })

  test('and verifies the text that the mini program’s payment needs', () => {
    const lines = ['wx0123456789abcdef', '1795400000', 'nonce', 'prepay_id=wx22']
    const signature = signer.signText(`${lines.join('\n')}\n`)
    expect(Rsa.verify(Formatter.joinedByLineFeed(...lines), signature, merchant.publicKey)).toBe(true)
  })
})

describe('answers and callbacks', () => {
  const nowSeconds = 1_795_400_000
  const signedByLibrary = (body: string, timestamp = nowSeconds, nonce = 'abc') => ({
    'Wechatpay-Timestamp': String(timestamp),
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': KEY_ID,
    'Wechatpay-Signature': Rsa.sign(Formatter.response(timestamp, nonce, body), platform.privateKey),
  })

  test(`we verify what the library signs with the platform’s key, and no other text (seed ${seed})`, () => {
    fc.assert(
      fc.property(texts, nonces, fc.integer({ min: -300, max: 300 }), (body, nonce, drift) => {
        const headers = signedByLibrary(body, nowSeconds + drift, nonce)
        const check = (text: string) =>
          verifySigned({ headers, rawBody: Buffer.from(text) }, ring(), nowSeconds * 1_000)
        expect(check(body)).toEqual({ ok: true })
        expect(check(`${body} `)).toEqual({ ok: false, why: 'signature' })
      }),
      { seed, numRuns: 40 },
    )
  })

  test('a 204, whose body line is empty', () => {
    const headers = signedByLibrary('')
    expect(verifySigned({ headers, rawBody: Buffer.alloc(0) }, ring(), nowSeconds * 1_000)).toEqual({
      ok: true,
    })
  })

  test('both refuse a stamp of more than five minutes', () => {
    // The library looks at the machine's clock, so here the stamp moves and ours is given the same time.
    const machine = Formatter.timestamp()
    const body = '{"state":"SUCCESS"}'
    const headers = signedByLibrary(body, machine - 400)
    expect(verifySigned({ headers, rawBody: Buffer.from(body) }, ring(), machine * 1_000)).toEqual({
      ok: false,
      why: 'clock',
    })
    expect(libraryReads(body, headers)).not.toBe(body)
  })

  test('the library verifies an answer over the lines that we build', () => {
    const body = '{"state":"SUCCESS","remark":"门诊预交金退款"}'
    const timestamp = String(Formatter.timestamp())
    const message = answerMessage(timestamp, 'abc', Buffer.from(body))
    expect(message.toString()).toBe(Formatter.response(timestamp, 'abc', body))
    const headers = {
      ...signedByLibrary(body, Number(timestamp)),
      'Wechatpay-Signature': Rsa.sign(message.toString(), platform.privateKey),
    }
    expect(libraryReads(body, headers)).toBe(body)
  })

  /** The body, or the library's error object. */
  function libraryReads(body: string, headers: object): unknown {
    const verifier = Decorator.responseVerifier({ [KEY_ID]: platform.publicKey }) as (
      this: object,
      ...answer: [string, object, number]
    ) => unknown
    const call = { url: '/v3/x', validateStatus: (status: number) => status < 300 }
    return verifier.call(call, body, headers, 200)
  }
})

describe('encrypted parts', () => {
  const VECTOR = {
    key: 'a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb',
    nonce: 'uluk4a9R25RW',
    associated_data: 'associatedData',
    ciphertext: 'ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI=',
  }

  test('the published AES vector opens for both', () => {
    expect(decryptResource(VECTOR, VECTOR.key).toString()).toBe('message')
    expect(Aes.AesGcm.decrypt(VECTOR.ciphertext, VECTOR.key, VECTOR.nonce, VECTOR.associated_data)).toBe(
      'message',
    )
  })

  test(`what the library encrypts, we decrypt; changed, we refuse it (seed ${seed})`, () => {
    const keys = fc.string({ unit: fc.constantFrom(...'0123456789abcdefXYZ'), minLength: 32, maxLength: 32 })
    const gcmNonces = fc.string({
      unit: fc.constantFrom(...'0123456789abcdef'),
      minLength: 12,
      maxLength: 12,
    })
    fc.assert(
      fc.property(texts, keys, gcmNonces, texts, (plain, key, nonce, aad) => {
        const ciphertext = Aes.AesGcm.encrypt(plain, key, nonce, aad)
        const resource = { ciphertext, nonce, associated_data: aad }
        expect(decryptResource(resource, key).toString()).toBe(plain)
        expect(() => decryptResource({ ...resource, associated_data: `${aad}x` }, key)).toThrow(
          expect.objectContaining({ kind: 'ciphertext' }),
        )
      }),
      { seed, numRuns: 60 },
    )
  })

  test('a name that we encrypt, the library decrypts, and the other way round', () => {
    for (const name of ['张三', '欧阳娜娜', '𠮷田', 'Zoë O’Neil', '迪丽热巴·迪力木拉提', 'a'.repeat(214)]) {
      expect(Rsa.decrypt(encryptSensitive(name, platform.publicKey), platform.privateKey)).toBe(name)
      expect(decryptSensitive(Rsa.encrypt(name, platform.publicKey), platform.privateKey)).toBe(name)
    }
  })

  test('neither opens a name with another key', () => {
    const sealed = encryptSensitive('张三', platform.publicKey)
    expect(() => Rsa.decrypt(sealed, merchant.privateKey)).toThrow()
    expect(() => decryptSensitive(sealed, merchant.privateKey)).toThrow(
      expect.objectContaining({ kind: 'ciphertext' }),
    )
  })
})

describe('bills', () => {
  const castBill = (bill: Buffer) =>
    Formatter.castCsvBill(bill) as {
      readonly rows: readonly Readonly<Record<string, string>>[]
      readonly summary: Readonly<Record<string, string>>
    }
  const fenOf = (text: string | undefined) => Math.round(Number(text) * 100)

  test('the library reads the same trade bill', async () => {
    const bytes = makeTradeBill(300)
    const { rows, summary } = castBill(bytes)
    const bill = readTradeBill(inPieces(bytes, 1_000))
    const ours = await allOf(bill)
    expect(
      ours.map((row) => [row.tradeTime, row.outTradeNo, row.attach, row.totalFen, row.refundFen]),
    ).toEqual(
      rows.map((row) => [
        ...[row['交易时间'], row['商户订单号'], row['商户数据包']],
        ...[fenOf(row['订单金额']), fenOf(row['退款金额'])],
      ]),
    )
    expect(bill.summary()).toMatchObject({
      rowCount: Number(summary['总交易单数']),
      totalFen: fenOf(summary['订单总金额']),
      feeFen: fenOf(summary['手续费总金额']),
    })
  })

  test('and the same fund-flow bill', async () => {
    const bytes = makeFundFlowBill(300)
    const { rows, summary } = castBill(bytes)
    const bill = readFundFlowBill(inPieces(bytes, 1_000))
    expect((await allOf(bill)).map((row) => [row.voucherNo, row.amountFen, row.balanceFen])).toEqual(
      rows.map((row) => [row['业务凭证号'], fenOf(row['收支金额(元)']), fenOf(row['账户结余(元)'])]),
    )
    expect(bill.summary().expenseFen).toBe(fenOf(summary['支出金额']))
  })
})
