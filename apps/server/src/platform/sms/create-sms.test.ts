import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hospitalId, ManualClock, no, Sensitive, unknown, yes } from '@zhangyi/core'
import { restSignature } from '@zhangyi/his'
import { buildSandbox, ManualOffsetClock, SMS_GATEWAY } from '@zhangyi/sandbox'
import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../../../../tests/setup/test-database.ts'
import { Cipher } from '../crypto/cipher.ts'
import { createSms } from './create-sms.ts'

const PHONE = '13800000001'
const TEXT = '【市第一人民医院】验证码 482913，5 分钟内有效。'
const MESSAGE = { phone: new Sensitive(PHONE), text: new Sensitive(TEXT) }
const HOSPITAL = hospitalId('first')

interface Case {
  readonly url: string
  readonly fetch?: typeof fetch
  readonly startDeadline?: () => AbortSignal
}

async function senderTo({ url, fetch: send = fetch, startDeadline }: Case) {
  const { database, asOwner } = await testDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'zhangyi-sms-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const secretFile = join(folder, 'secret')
  writeFileSync(secretFile, `${SMS_GATEWAY.secret}\n`)
  const lines: unknown[] = []
  const log = { error: (...line: unknown[]) => void lines.push(line) } as never
  const cipher = new Cipher('ab'.repeat(32))
  const platform = { database, cipher, clock: new ManualClock(), fetch: send, log }
  const sms = { url, secretFile, keyId: SMS_GATEWAY.keyId, timeoutMs: 3_000 }
  const sender = createSms(platform, { id: HOSPITAL, sms }, startDeadline)
  if (!sender) throw new Error('no sender')
  const logged = () => asOwner<Record<string, unknown>>('SELECT * FROM outside_call ORDER BY id')
  return { sender, logged, lines }
}

/** A gateway over real HTTP whose clock is the sender's. */
async function simulator() {
  const sandbox = buildSandbox({ port: 9100, clock: new ManualOffsetClock(new ManualClock()) })
  const sms = sandbox.simulators['sms']
  if (!sms) throw new Error('no sms simulator')
  await sms.app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => sms.app.close())
  const { port } = sms.app.server.address() as AddressInfo
  const messages = () => sms.actions['messages']?.({ phone: PHONE }) as readonly { readonly text: string }[]
  return { url: `http://127.0.0.1:${port}${SMS_GATEWAY.path}`, sms, messages }
}

const answering = (status: number, body: string): Case => ({
  url: 'https://sms.example.org/send?app=1',
  fetch: async () => new Response(body, { status }),
})

test('a message is handed in, signed, and the call log knows of it without phone and text', async () => {
  const { url, messages } = await simulator()
  const { sender, logged, lines } = await senderTo({ url })
  expect(await sender.send(MESSAGE, 'code-1')).toEqual(yes(undefined))
  expect(messages()).toMatchObject([{ text: TEXT }])
  await expect
    .poll(logged, { timeout: 30_000 })
    .toMatchObject([{ platform: 'sms', operation: 'send', request_id: 'code-1', outcome: 'yes' }])
  expect(JSON.stringify([await logged(), lines])).not.toMatch(/13800000001|482913/)
})

test('a lost reply is unknown; asked again under the same key the message arrives once', async () => {
  const { url, sms, messages } = await simulator()
  const { sender } = await senderTo({ url })
  sms.faults.order({ kind: 'reply-lost', times: 1 })
  expect((await sender.send(MESSAGE, 'code-1')).kind).toBe('unknown')
  expect(await sender.send(MESSAGE, 'code-1')).toEqual(yes(undefined))
  expect(messages()).toHaveLength(1)
})

test('what the gateway refuses is a no', async () => {
  const { url, sms, messages } = await simulator()
  const { sender, logged } = await senderTo({ url })
  sms.faults.order({ kind: 'refused', times: 1 })
  expect(await sender.send(MESSAGE, 'code-1')).toMatchObject({ kind: 'no', code: 'refused' })
  expect(messages()).toEqual([])
  await expect.poll(logged, { timeout: 30_000 }).toMatchObject([{ outcome: 'no', code: 'refused' }])
})

test.each([
  ['a 500', 500, '', 'http-500'],
  ['a 401', 401, '{"accepted":false,"code":"unauthorized"}', 'http-401'],
  ['a redirect', 302, '', 'http-302'],
  ['half a JSON', 200, '{"accepted":tr', 'malformed'],
  ['another JSON', 200, '{"code":0}', 'malformed'],
  ['a refusal without a code', 200, '{"accepted":false}', 'malformed'],
  ['a page', 200, '<html>维护中</html>', 'malformed'],
  ['a reply without end', 200, 'x'.repeat(20_000), 'reply-too-large'],
])('%s leaves it open whether the message was sent', async (_what, status, body, cause) => {
  const { sender } = await senderTo(answering(status, body))
  expect(await sender.send(MESSAGE, 'code-1')).toEqual(unknown(cause))
})

test.each(['13800000001', '号码 13800000001 无效', 'E-13800000001'])(
  'the code of a refusal that quotes the phone (%s) goes nowhere',
  async (code) => {
    const { sender } = await senderTo(answering(200, JSON.stringify({ accepted: false, code })))
    expect(await sender.send(MESSAGE, 'code-1')).toEqual(no('refused', 'the SMS gateway refused the message'))
  },
)

test('a gateway that does not answer in time is unknown', async () => {
  const abort = new AbortController()
  const { sender } = await senderTo({
    url: 'https://sms.example.org/send',
    startDeadline: () => abort.signal,
    fetch: () => {
      queueMicrotask(() => abort.abort())
      return new Promise<never>(() => {})
    },
  })
  expect(await sender.send(MESSAGE, 'code-1')).toEqual(unknown('timeout'))
})

test('a gateway that is not there has surely sent nothing', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  const { sender } = await senderTo({ url: `http://127.0.0.1:${port}/` })
  expect(await sender.send(MESSAGE, 'code-1')).toMatchObject({ kind: 'no', code: 'transport' })
})

test('the signature covers the query of the address', async () => {
  const seen: RequestInit[] = []
  const { sender } = await senderTo({
    ...answering(200, '{"accepted":true}'),
    fetch: async (_url, init) => {
      seen.push(init ?? {})
      return new Response('{"accepted":true}')
    },
  })
  await sender.send(MESSAGE, 'code-1')
  const headers = seen[0]?.headers as Record<string, string>
  const [timestamp, nonce] = [headers['x-zhangyi-timestamp'] ?? '', headers['x-zhangyi-nonce'] ?? '']
  const body = seen[0]?.body as Uint8Array
  const request = { method: 'POST', path: '/send?app=1', body }
  expect(headers['x-zhangyi-signature']).toBe(restSignature(SMS_GATEWAY.secret, timestamp, nonce, request))
})

test('a key of another form is a mistake of ours and sends nothing', async () => {
  const { sender } = await senderTo(answering(200, '{"accepted":true}'))
  for (const key of ['', 'a b', 'k'.repeat(65)])
    await expect(sender.send(MESSAGE, key)).rejects.toThrow(RangeError)
})

test('a hospital without a gateway has no sender', () => {
  expect(createSms({} as never, { id: HOSPITAL, sms: undefined })).toBeUndefined()
})
