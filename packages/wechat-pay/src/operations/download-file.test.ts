import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { WechatPayOptions } from '../options.ts'
import { collectBytes } from '../testing/collect-bytes.ts'
import { type FakeAnswer, fakeWechatPay, MAIN } from '../testing/fake-wechat-pay.ts'
import type { BillFile } from './request-bill.ts'

const PLAIN = Buffer.from('交易时间,公众账号ID\n'.repeat(5000))
const BILL: BillFile = {
  kind: 'trade',
  compression: 'gzip',
  sha1: createHash('sha1').update(PLAIN).digest('hex'),
  downloadUrl: `${MAIN}/v3/billdownload/file?token=a%2Bb`,
}
const zipped: FakeAnswer = { raw: gzipSync(PLAIN), signed: 'none' }

async function download(answer: FakeAnswer, bill = BILL, more: Partial<WechatPayOptions> = {}) {
  const fake = fakeWechatPay(() => answer, more)
  return { ...fake, bytes: await collectBytes(fake.client.downloadBill(bill)) }
}

test('the plain bytes of a zipped bill, from the URL as it was given, signed', async () => {
  const { bytes, sent } = await download(zipped)
  expect(bytes.equals(PLAIN)).toBe(true)
  expect(sent[0]).toMatchObject({ method: 'GET', path: '/v3/billdownload/file?token=a%2Bb' })
  expect(sent[0]?.headers['authorization']).toMatch(/^WECHATPAY2/)
})

test('a bill that was not zipped', async () => {
  const { bytes } = await download({ raw: PLAIN, signed: 'none' }, { ...BILL, compression: 'none' })
  expect(bytes.equals(PLAIN)).toBe(true)
})

test('a hash that differs throws at the end', async () => {
  const { client } = fakeWechatPay(() => zipped)
  let bytes = 0
  const reading = async () => {
    for await (const chunk of client.downloadBill({ ...BILL, sha1: '0'.repeat(40) })) bytes += chunk.length
  }
  await expect(reading()).rejects.toMatchObject({ name: 'WechatPayDownloadError', kind: 'hash' })
  expect(bytes).toBe(PLAIN.length)
})

test.each<[string, FakeAnswer]>([
  ['cut', { raw: gzipSync(PLAIN).subarray(0, 60), signed: 'none' }],
  ['not gzip', { raw: PLAIN, signed: 'none' }],
])('a file that is %s is refused', async (_, answer) => {
  await expect(download(answer)).rejects.toMatchObject({
    name: 'WechatPayDownloadError',
    kind: 'compression',
  })
})

test('a file beyond the limit is refused, though it was small when zipped', async () => {
  await expect(download(zipped, BILL, { maxFileBytes: 1000 })).rejects.toMatchObject({ kind: 'too-large' })
})

test.each([
  'https://evil.example/v3/billdownload/file?token=t',
  'http://main.example/x',
  'file:///etc/passwd',
  'x',
])('no signed request leaves for %s', async (downloadUrl) => {
  const { client, sent } = fakeWechatPay(() => zipped)
  const reading = collectBytes(client.downloadBill({ ...BILL, downloadUrl }))
  await expect(reading).rejects.toMatchObject({ name: 'WechatPayInputError', field: 'download_url' })
  expect(sent).toEqual([])
})

test('a refusal is named by its code, a redirect is not followed', async () => {
  await expect(download({ status: 403, json: { code: 'NO_AUTH', message: '' } })).rejects.toMatchObject({
    kind: 'platform',
    code: 'NO_AUTH',
  })
  await expect(
    download({ status: 302, headers: { location: 'https://evil.example' } }),
  ).rejects.toMatchObject({
    code: 'http-302',
  })
  await expect(download('refused-connection')).rejects.toMatchObject({ kind: 'transport' })
})

test('a download, too, is in the call log, without the token of its URL', async () => {
  expect((await download(zipped)).records).toMatchObject([
    { endpoint: 'bill-download', path: '/v3/billdownload/file', class: 'ok', requestId: 'REQUEST-1' },
  ])
  for (const [answer, record] of [
    [
      { status: 403, json: { code: 'NO_AUTH' } },
      { httpStatus: 403, class: 'unknown', code: 'NO_AUTH' },
    ],
    ['lost-connection', { httpStatus: undefined, class: 'unknown', code: 'ECONNRESET' }],
    ['refused-connection', { httpStatus: undefined, class: 'not-accepted', code: 'not-sent' }],
  ] as const) {
    const { client, records } = fakeWechatPay(() => answer)
    await expect(collectBytes(client.downloadBill(BILL))).rejects.toThrow()
    expect(records).toMatchObject([record])
    expect(JSON.stringify(records)).not.toContain('token')
  }
})

test('a download that gets no answer in time gives its connection back', async () => {
  const limit = new AbortController()
  let given: AbortSignal | null | undefined
  const { client } = fakeWechatPay(() => 'silence', {
    fetch: (_, init) => {
      given = init?.signal
      limit.abort()
      return new Promise(() => {})
    },
    startTimeout: () => limit.signal,
  })
  await expect(collectBytes(client.downloadBill(BILL))).rejects.toMatchObject({ code: 'timeout' })
  expect(given?.aborted).toBe(true)
})

test('a file that stands still ends with its time limit', async () => {
  const limit = new AbortController()
  const stalled = new ReadableStream({
    start: (controller) => controller.enqueue(PLAIN),
  })
  const { client } = fakeWechatPay(() => 'silence', {
    fetch: async () => new Response(stalled),
    startTimeout: () => limit.signal,
  })
  const chunks = client.downloadBill({ ...BILL, compression: 'none' })[Symbol.asyncIterator]()
  expect((await chunks.next()).done).toBe(false)
  const next = chunks.next()
  limit.abort()
  await expect(next).rejects.toMatchObject({ kind: 'cut' })
})
