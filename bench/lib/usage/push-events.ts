import { createHash, createHmac, randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { formatShanghai } from '@zhangyi/core'
import { REPORT } from './report.ts'

export const PUSHER = { keyId: 'bench', secret: 'bench-secret-of-a-hospital-system-00' } as const

interface Prepared {
  readonly path: string
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
}

let serial = 0

/** Signed requests as a hospital's system sends them, made before they are measured; every event has a key of its own. */
export function prepareRequests(events: number, batch: number): readonly Prepared[] {
  return Array.from({ length: events / batch }, () => {
    const told = Array.from({ length: batch }, () => ({
      key: `bench-${process.pid}-${serial++}`,
      scene: REPORT.scene,
      occurredAt: formatShanghai(Date.now()),
      qrCodeText: REPORT.qrCodeText,
      cardChannel: '0100',
    }))
    const path = batch === 1 ? '/api/v1/usage/events' : '/api/v1/usage/events/batch'
    return sign(path, Buffer.from(JSON.stringify(batch === 1 ? told[0] : { events: told })))
  })
}

function sign(path: string, body: Buffer): Prepared {
  const [timestamp, nonce] = [String(Math.floor(Date.now() / 1_000)), randomUUID()]
  const digest = createHash('sha256').update(body).digest('hex')
  const signed = [timestamp, nonce, 'POST', path, digest].join('\n')
  return {
    ...{ path, body },
    headers: {
      ...{ 'content-type': 'application/json', 'content-length': String(body.length) },
      ...{ 'x-zhangyi-timestamp': timestamp, 'x-zhangyi-nonce': nonce, 'x-zhangyi-key': PUSHER.keyId },
      'x-zhangyi-signature': createHmac('sha256', PUSHER.secret).update(signed).digest('hex'),
    },
  }
}

/** Sends them over so many kept connections; returns requests a second. Throws unless every event is accepted. */
export async function pushAll(
  origin: string,
  prepared: readonly Prepared[],
  connections: number,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  let next = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let one = prepared[next++]; one; one = prepared[next++]) await push(origin, agent, one)
    }),
  )
  const seconds = (performance.now() - started) / 1_000
  agent.destroy()
  return prepared.length / seconds
}

function push(origin: string, agent: Agent, { path, headers, body }: Prepared): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(origin + path, { method: 'POST', agent, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        const accepted = /"accepted":[1-9]|"result":"accepted"/.test(text)
        if (answer.statusCode === 200 && accepted && !/"refused":[1-9]/.test(text)) resolve()
        else reject(new Error(`intake answered ${answer.statusCode}: ${text.slice(0, 300)}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
