import { randomBytes } from 'node:crypto'
import { SECOND_MS } from '@zhangyi/core'
import { MESSAGE_PUSH } from '../credentials.ts'
import type { PushEvent } from './events.ts'
import { pushSignature, sealPush } from './seal-push.ts'

/** WeChat waits this long for `success`. */
const TIMEOUT_MS = 5 * SECOND_MS

/** Posts one sealed event. Taken if the answer is 200 with `success`, an empty body or a sealed reply. */
export async function postPush(
  url: string,
  { openid, xml }: PushEvent,
  nowMs: number,
  spoilSignature = false,
): Promise<{ readonly taken: boolean; readonly answer: string }> {
  const { timestamp, nonce } = stamp(nowMs)
  const sealed = sealPush(xml)
  const signature = pushSignature(MESSAGE_PUSH.token, timestamp, nonce, sealed)
  const target = withQuery(url, {
    ...{ timestamp, nonce, openid, encrypt_type: 'aes' },
    signature: pushSignature(MESSAGE_PUSH.token, timestamp, nonce),
    msg_signature: spoilSignature ? signature.split('').reverse().join('') : signature,
  })
  const body = `<xml><ToUserName><![CDATA[${MESSAGE_PUSH.originalId}]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`
  try {
    const response = await fetch(target, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = (await response.text()).trim()
    const taken = response.status === 200 && (text === '' || text === 'success' || text.startsWith('<xml'))
    return { taken, answer: `${response.status} ${text.slice(0, 200)}` }
  } catch (error) {
    return { taken: false, answer: error instanceof Error ? error.name : 'no answer' }
  }
}

/** The check before an address is registered: GET with an `echostr` that has to come back. */
export async function checkPushUrl(url: string, nowMs: number): Promise<boolean> {
  const { timestamp, nonce } = stamp(nowMs)
  const echostr = randomBytes(10).toString('hex')
  const signature = pushSignature(MESSAGE_PUSH.token, timestamp, nonce)
  try {
    const response = await fetch(withQuery(url, { signature, timestamp, nonce, echostr }), {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return response.status === 200 && (await response.text()) === echostr
  } catch {
    return false
  }
}

function stamp(nowMs: number): { readonly timestamp: string; readonly nonce: string } {
  return { timestamp: String(Math.floor(nowMs / SECOND_MS)), nonce: randomBytes(5).readUInt32BE().toString() }
}

function withQuery(url: string, query: Readonly<Record<string, string>>): URL {
  const target = new URL(url)
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value)
  return target
}
