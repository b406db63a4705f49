import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { newId, SECOND_MS } from '@zhangyi/core'
import { freePortBase } from '@zhangyi/sandbox'
import { expect, onTestFinished, test } from 'vitest'
import { openSession } from '../../apps/server/src/platform/sessions/open-session.ts'
import { createTestDatabase } from '../setup/test-database.ts'
import { CIPHER_KEY, openRefunds, type RefundsRig } from './refunds-rig.ts'
import { Dice } from './simulation/dice.ts'
import { expectEnds, letItEnd } from './simulation/ends.ts'
import { Invariants } from './simulation/invariants.ts'
import { newPerson, type Person, type Phone, passFace } from './simulation/people.ts'
import { worldOf } from './simulation/world.ts'

const KILLS = 5
const AT_ONCE = 8
const SEED = 20_261_128

test(`kill -9 in the middle of refunds, ${KILLS} times: nothing is lost, nothing paid twice (seed ${SEED})`, {
  timeout: 600_000,
}, async () => {
  const made = await createTestDatabase()
  const port = await freePortBase()
  const rig = await openRefunds({ made, port })
  onTestFinished(() => rig.close())
  // The killed server reaches them by sockets; the process that takes over does not.
  for (const { app, port: own } of rig.sandbox.servers) await app.listen({ host: '127.0.0.1', port: own })
  for (const account of ['OPERATION', 'BASIC'])
    await rig.pay('set-balance', { account, amountFen: 1_000_000_000 })
  const world = worldOf(rig, SEED)
  const dice = new Dice(SEED)
  const killed: number[] = []
  for (let round = 0; round < KILLS; round++) {
    const server = await startServer(rig, made.appUrl, port + 9)
    const people: Person[] = []
    for (let count = 0; count < AT_ONCE; count++) people.push(await newPerson(rig, dice))
    for (const person of people) {
      world.people.push(person)
      for (const phone of person.phones) world.byUser.set(phone.session.userId, { person, phone })
    }
    const trips = Promise.allSettled(people.map((person) => takeTrip(rig, server.origin, person)))
    await Promise.race([trips, heard(rig, dice.between(2, AT_ONCE * 4))])
    await server.kill()
    await trips
    const [open] = await made.asOwner<{ count: string }>(
      `SELECT count(*) FROM refund_case WHERE state = 'open'`,
    )
    killed.push(Number(open?.count))
    // Longer than what it had on the wire may take.
    rig.clock.advance(10 * SECOND_MS)
  }
  expect(Math.max(...killed), 'some died in the middle').toBeGreaterThan(0)
  const invariants = new Invariants(world)
  await invariants.check(true)
  await letItEnd(world, invariants)
  await expectEnds(world, invariants)
})

/** WeChat heard so many calls from now on. */
async function heard({ sandbox }: RefundsRig, calls: number): Promise<void> {
  const { calls: all = [] } = sandbox.simulators['wechat-pay'] ?? {}
  const until = all.length + calls
  while (all.length < until) await delay(1)
}

/** 申请退款, 接收退款, 确认收款 and back, as far as the server lives. */
async function takeTrip(rig: RefundsRig, origin: string, person: Person): Promise<void> {
  const [phone] = person.phones
  if (!phone) throw new Error('a patient without a phone')
  const { token } = await rig.inTx((tx) =>
    openSession(tx, { ...identityOf(phone), nowMs: rig.clock.nowMs(), hours: 100 }),
  )
  const ask = async <T>(path: string, body: object = {}): Promise<T> => {
    const answer = await fetch(`${origin}/api/v1/refunds${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await answer.json()) as T
  }
  const check = await passFace(rig, phone, person)
  const { id, legs } = await ask<{ id: string; legs: readonly { id: string }[] }>('/face', {
    ...{ ...check, amountFen: null, requestKey: newId('key') },
  })
  for (const leg of legs) {
    const { package: wanted } = await ask<{ package: string }>(`/${id}/legs/${leg.id}/receive`)
    const bills = await rig.pay<readonly { outBillNo: string; packageInfo?: string }[]>('transfers', {
      limit: 100,
    })
    const bill = bills.find(({ packageInfo }) => packageInfo === wanted)
    await rig.pay('confirm-transfer', { outBillNo: bill?.outBillNo })
    rig.clock.advance(2 * SECOND_MS)
    await ask(`/${id}/legs/${leg.id}/received`)
  }
}

function identityOf({ session: { appid, openid } }: Phone) {
  return { identity: { appid, openid, unionid: undefined }, channel: 'mini-program' } as const
}

/** The whole gateway as `zhangyi serve` runs it, at the time of the simulators. */
async function startServer(rig: RefundsRig, databaseUrl: string, port: number) {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-refunds-kill-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const file = (name: string, content: string) => {
    writeFileSync(join(dataDir, name), content)
    return join(dataDir, name)
  }
  const env = {
    PATH: process.env.PATH,
    ZHANGYI_PORT: String(port),
    ZHANGYI_DATA_DIR: dataDir,
    ZHANGYI_LOG_LEVEL: 'fatal',
    ZHANGYI_DATA_KEY_FILE: file('key', CIPHER_KEY),
    ZHANGYI_DATABASE_URL_FILE: file('url', databaseUrl),
    ZHANGYI_HOSPITALS_FILE: file('hospitals.json', JSON.stringify({ hospitals: rig.hospitals.all })),
    ZHANGYI_TEST_OFFSET_MS: String(rig.clock.nowMs() - Date.now()),
  }
  const child: ChildProcess = spawn(
    process.execPath,
    [join(import.meta.dirname, '../usage/serve-child.ts')],
    {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  )
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  return {
    origin: `http://127.0.0.1:${port}`,
    kill: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
  }
}
