import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hospitalId, MINUTE_MS } from '@zhangyi/core'
import { expect, onTestFinished, test, vi } from 'vitest'
import { testDatabase } from '../../../../../tests/setup/test-database.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { Signals } from '../jobs/signals.ts'
import type { Role } from '../operators/access/roles.ts'
import { ORIGIN, openDoor } from '../operators/test-support/open-door.ts'
import { addOperator, signInAs } from '../operators/test-support/sign-in-as.ts'
import { LiveHub, MOST_OF_ACCOUNT } from './live-hub.ts'
import { registerLive } from './register-live.ts'
import { ownTopic } from './topics.ts'

const WAIT = { timeout: 20_000 }
const SILENT = { info: () => {}, warn: () => {}, error: () => {} }

/** A server that listens, as the console's is reached; and another process that only changes things. */
async function serving() {
  const made = await testDatabase()
  const door = await openDoor(made)
  const hub = new LiveHub(door.room)
  registerLive(door.http, door.room, hub)
  const signals = new Signals({ url: made.appUrl, log: SILENT })
  await hub.start(signals)
  await signals.start()
  await door.http.listen({ port: 0, host: '127.0.0.1' })
  const { port } = door.http.server.address() as AddressInfo
  onTestFinished(async () => {
    await door.http.close()
    await hub.stop()
    await signals.stop()
  })
  const listen = async (role: Role, loginName: string = role, hospitals?: readonly string[]) => {
    const cookie = await signInAs(door.room, {
      ...{ origin: ORIGIN, loginName, role },
      ...(hospitals && { hospitals }),
    })
    return listener(port, cookie)
  }
  const change = (hospital: string, topic: string) =>
    made.database.inTransaction(hospitalId(hospital), (tx) => tx.changed(topic))
  return { ...made, door, hub, port, listen, change }
}

interface Listener {
  readonly status: number
  readonly heard: { hospital: string; topic: string }[]
  readonly isOver: () => boolean
  readonly cookie: string
}

function listener(port: number, cookie: string): Promise<Listener> {
  const heard: Listener['heard'] = []
  let isOver = false
  return new Promise((resolve, reject) => {
    const headers = { cookie, accept: 'text/event-stream' }
    const asked = request({ port, path: '/api/v1/console/events', headers }, (answer) => {
      answer.setEncoding('utf8')
      answer.on('data', (text: string) => {
        for (const [, data = ''] of text.matchAll(/^data: (.+)$/gm)) heard.push(JSON.parse(data))
      })
      answer.on('close', () => (isOver = true))
      answer.on('error', () => {})
      resolve({ status: answer.statusCode ?? 0, heard, isOver: () => isOver, cookie })
    })
    asked.on('error', reject)
    asked.end()
    onTestFinished(() => void asked.destroy())
  })
}

test('what changed is told once committed: to who may see it, of the hospitals that they see, and without saying what', async () => {
  const { listen, change, database } = await serving()
  const [finance, system, second] = [
    await listen('finance'),
    await listen('system'),
    await listen('finance', 'far', ['second']),
  ]
  await expect(
    database.inTransaction(hospitalId('first'), (tx) => {
      tx.changed('usage')
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  await database.inTransaction(hospitalId('first'), (tx) =>
    recordAudit(tx, {
      ...{ atMs: 1, actor: 'user:1', action: 'deposits.transfer-paid', subject: 'leg_1', traceId: 't' },
    }),
  )
  await change('second', 'calls')
  await vi.waitFor(() => expect(finance.heard).toContainEqual({ hospital: 'first', topic: 'refunds' }), WAIT)
  await vi.waitFor(() => expect(system.heard).toEqual([{ hospital: 'second', topic: 'calls' }]), WAIT)
  expect(finance.heard).toEqual([{ hospital: 'first', topic: 'refunds' }])
  expect(second.heard).toEqual([])
})

test('what belongs to one account is told to that one alone', async () => {
  const { listen, change, door } = await serving()
  const [mine, other] = [await listen('operator', 'mine'), await listen('operator', 'other')]
  const accountId = await addOperator(door.room, { loginName: 'mine', role: 'operator' })
  await change('first', ownTopic('exports', accountId))
  await change('first', 'calls')
  await vi.waitFor(() => expect(other.heard).toEqual([{ hospital: 'first', topic: 'calls' }]), WAIT)
  await vi.waitFor(() => expect(mine.heard).toHaveLength(2), WAIT)
  expect(mine.heard).toContainEqual({ hospital: 'first', topic: 'exports' })
})

test('nobody without a session listens; a stream ends with its session, and listening does not keep a session', async () => {
  const { listen, door, port, hub } = await serving()
  expect((await listener(port, 'zy_console_7000=none')).status).toBe(401)
  const desk = door.desk((await listen('finance')).cookie)
  const out = await listener(port, desk.cookie)
  const stays = await listen('operator')
  await desk.ask('DELETE', '/session')
  await vi.waitFor(() => expect(out.isOver()).toBe(true), WAIT)
  expect(stays.isOver()).toBe(false)
  const idle = await listener(
    port,
    await signInAs(door.room, { origin: ORIGIN, loginName: 'idle', role: 'finance', lastsMs: 1 }),
  )
  door.clock.advance(31 * MINUTE_MS)
  hub.beat()
  await vi.waitFor(() => expect(idle.isOver()).toBe(true), WAIT)
})

test('an account has only so many, and one that is closed makes room', async () => {
  const { listen, port } = await serving()
  const first = await listen('finance')
  for (let n = 1; n < MOST_OF_ACCOUNT; n++) expect((await listener(port, first.cookie)).status).toBe(200)
  expect((await listener(port, first.cookie)).status).toBe(429)
  expect((await listen('operator')).status).toBe(200)
})

test('after the server lost its connection to the signals everybody looks at everything', async () => {
  const { listen, hub } = await serving()
  const finance = await listen('finance')
  hub.hear(undefined)
  await vi.waitFor(() => expect(finance.heard).toEqual([{ hospital: '*', topic: '*' }]), WAIT)
})

test('without being asked for a stream it gives none', async () => {
  const { door, listen } = await serving()
  const { cookie } = await listen('finance')
  expect((await door.desk(cookie).ask('GET', '/events')).code).toBe('bad-input')
})
