import { createDecipheriv, createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SECOND_MS } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { MESSAGE_PUSH, OFFICIAL_ACCOUNT } from '../credentials.ts'
import { SANDBOX_TEMPLATES } from '../messages/templates.ts'
import { testWeixin } from '../test-weixin.ts'
import { sealPush } from './seal-push.ts'

const sha1 = (...parts: readonly string[]) =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')

/** Opens a sealed text as a receiver does: key, 32-byte padding, length, appid. */
function open(sealed: string): { readonly text: string; readonly appid: string; readonly padding: number } {
  const key = Buffer.from(`${MESSAGE_PUSH.encodingAesKey}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()])
  const padding = plain.at(-1) ?? 0
  const end = 20 + plain.readUInt32BE(16)
  const appid = plain.subarray(end, plain.length - padding).toString()
  return { text: plain.subarray(20, end).toString(), appid, padding }
}

interface Received {
  readonly query: URLSearchParams
  readonly body: string
}

/** A hospital's callback address; `answers` are the statuses of the next posts, 200 after them. */
async function receiver(answers: number[] = []) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const { searchParams: query } = new URL(request.url ?? '', 'http://127.0.0.1')
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const echo = query.get('echostr')
      if (echo === null) received.push({ query, body })
      response.writeHead(echo === null ? (answers.shift() ?? 200) : 200).end(echo ?? 'success')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback` }
}

async function sender(answers?: number[]) {
  const weixin = testWeixin()
  const { received, url } = await receiver(answers)
  await weixin.act('set-callback-url', { url })
  const send = () =>
    weixin.official('/cgi-bin/message/template/send', {
      touser: 'o-mpac-lihua',
      template_id: SANDBOX_TEMPLATES.refund,
      data: {
        name1: { value: '李*华' },
        character_string2: { value: '0931' },
        amount3: { value: '1元' },
        thing4: { value: '到账' },
      },
    })
  const states = async () =>
    ((await weixin.act('pushes')) as unknown as { state: string; attempts: number }[]).map(
      ({ state, attempts }) => `${state} ${attempts}`,
    )
  return { ...weixin, received, url, send, states }
}

test('any text is sealed to whole blocks of 32 bytes and opens to itself under the appid', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200, unit: 'grapheme' }), (text) => {
      const opened = open(sealPush(text))
      expect([opened.text, opened.appid]).toEqual([text, OFFICIAL_ACCOUNT.appid])
      expect(opened.padding).toBeGreaterThan(0)
      expect(Buffer.from(sealPush(text), 'base64').length % 32).toBe(0)
    }),
    { seed: 20261123, numRuns: 100 },
  )
})

test('TEMPLATESENDJOBFINISH arrives in safe mode with the msgid of the send', async () => {
  const { send, act, received } = await sender()
  const { msgid } = await send()
  await act('deliver-due')
  const [{ query, body }] = received as [Received]
  const sealed = /<Encrypt><!\[CDATA\[(.+)\]\]><\/Encrypt>/.exec(body)?.[1] ?? ''
  const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? '']
  expect(query.get('msg_signature')).toBe(sha1(MESSAGE_PUSH.token, timestamp, nonce, sealed))
  expect(query.get('signature')).toBe(sha1(MESSAGE_PUSH.token, timestamp, nonce))
  expect(body).not.toContain('TEMPLATESENDJOBFINISH')
  const { text } = open(sealed)
  expect(text).toContain('<Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event>')
  expect(text).toContain(`<MsgID>${msgid}</MsgID><Status><![CDATA[success]]></Status>`)
  expect(text).toContain('<FromUserName><![CDATA[o-mpac-lihua]]></FromUserName>')
})

test('a receiver that fails gets it three times more, five seconds apart, then no more', async () => {
  const { send, act, received, clock, states } = await sender([500, 500, 500, 500])
  await send()
  for (let round = 0; round < 6; round++) {
    await act('deliver-due')
    await act('deliver-due')
    clock.advance(5 * SECOND_MS)
  }
  expect([received.length, await states()]).toEqual([4, ['given-up 4']])
})

test('one that takes it at the second attempt gets no third', async () => {
  const { send, act, received, clock, states } = await sender([503])
  await send()
  await act('deliver-due')
  clock.advance(5 * SECOND_MS)
  await act('deliver-due')
  clock.advance(5 * SECOND_MS)
  await act('deliver-due')
  expect([received.length, await states()]).toEqual([2, ['taken 2']])
})

test('blocked and failed deliveries are told as such', async () => {
  const { send, act, received, faults } = await sender()
  await act('set-phone', { person: 'lihua', blocks: true })
  await send()
  await act('set-phone', { person: 'lihua', blocks: false })
  faults.order({ kind: 'template-delivery-failed', times: 1 })
  await send()
  await act('deliver-due')
  const texts = received.map(({ body }) => open(/CDATA\[([\w+/=]{100,})\]/.exec(body)?.[1] ?? '').text)
  expect(texts[0]).toContain('failed:user block')
  expect(texts[1]).toContain('failed: system failed')
})

test('faults of the push: lost, late, twice, badly signed', async () => {
  const { send, act, received, faults, clock } = await sender()
  faults.order({ kind: 'push-lost', times: 1 })
  await send()
  faults.order({ kind: 'push-late', times: 1 })
  await send()
  await act('deliver-due')
  expect(received).toHaveLength(0)
  clock.advance(60 * SECOND_MS)
  faults.order({ kind: 'push-bad-signature', times: 1 })
  await act('deliver-due')
  expect(received).toHaveLength(1)
  const { query, body } = received[0] as Received
  const sealed = /<Encrypt><!\[CDATA\[(.+)\]\]><\/Encrypt>/.exec(body)?.[1] ?? ''
  const right = sha1(MESSAGE_PUSH.token, query.get('timestamp') ?? '', query.get('nonce') ?? '', sealed)
  expect(query.get('msg_signature')).not.toBe(right)
  faults.order({ kind: 'push-duplicate', times: 1 })
  await send()
  await act('deliver-due')
  expect(received).toHaveLength(3)
})

test('an address is registered only if it answers the echostr, and only on this machine', async () => {
  const { act, url } = await sender()
  await expect(act('set-callback-url', { url: 'https://hospital.example/callback' })).rejects.toThrow(
    'machine',
  )
  const closed = await receiver()
  await expect(act('set-callback-url', { url: closed.url.replace(/:\d+/, ':1') })).rejects.toThrow('echostr')
  expect(await act('set-callback-url', { url })).toEqual({ url })
})

test('following and unfollowing are events, too; without an address nothing is kept', async () => {
  const { act, states } = await sender()
  await act('set-phone', { person: 'lihua', follows: false })
  expect(await states()).toEqual(['waiting 0'])
  await act('set-callback-url', { url: null })
  await act('set-phone', { person: 'lihua', follows: true })
  expect(await states()).toEqual(['waiting 0'])
})
