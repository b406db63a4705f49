import { writeFileSync } from 'node:fs'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, systemClock } from '@zhangyi/core'
import { RESULT_CODES } from '@zhangyi/sandbox'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type UsageRig, useUsageSandbox } from '../../../../../tests/setup/usage-rig.ts'
import type { Database } from '../../platform/database/database.ts'
import { Signals } from '../../platform/jobs/signals.ts'
import { HospitalDelivery } from './deliver-hospital.ts'
import { UsageDelivery } from './usage-delivery.ts'

const newRig = useUsageSandbox()
const WAIT = { timeout: 20_000 }
const BAD_SCENE = { scene: 'not a scene' }
const NEVER_CONNECTED = new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED', syscall: 'connect' } })

const ends = async ({ rows }: UsageRig) => (await rows()).map(({ state, reason }) => reason ?? state)
const sent = ({ reports }: UsageRig) => reports().map(({ req }) => req['serviceId'])

/** Looks of a minute until nothing is due for a while. */
async function runFor(rig: UsageRig, ms: number, by?: UsageDelivery, stepMs = 30 * SECOND_MS) {
  for (let passed = 0; passed <= ms; passed += stepMs) {
    await rig.run(by)
    rig.clock.advance(stepMs)
  }
}

/** A wire on which calls wait until they are let go. The token's call passes. */
function heldWire() {
  let release: () => void = () => {}
  const open = new Promise<void>((resolve) => (release = resolve))
  let waiting = 0
  const send: typeof fetch = async (input, init) => {
    if (!String(input).includes('reportHISData')) return fetch(input, init)
    waiting++
    await open
    return fetch(input, init)
  }
  return { send, release, waiting: () => waiting }
}

test('an event is delivered once: signed, with its fields, under the number that its row keeps', async () => {
  const rig = await newRig()
  await rig.record(await rig.newPatient())
  await rig.run()
  await rig.run()
  const [report, more] = rig.reports()
  expect(more).toBeUndefined()
  expect(report?.call.result).toBe('0')
  expect(report?.req).toMatchObject({ scene: '0101082', time: '2026-11-23 09:00:00', cardChannel: '0402' })
  expect(report?.commonIn).toMatchObject({ hospitalId: '90003', channelNum: 1, relateOpenId: 'o-test' })
  expect(await rig.rows()).toMatchObject([
    {
      ...{ state: 'delivered', code: '0', attempts: 1, late: false, next_action_at_ms: null },
      request_id: report?.commonIn['requestId'],
    },
  ])
  expect(await rig.asOwner('SELECT 1 FROM usage_flight')).toEqual([])
})

test('an event that the platform refuses is parked after three times, and the others pass', async () => {
  const rig = await newRig()
  await rig.store(1, {}, BAD_SCENE)
  for (let round = 0; round < 4; round++) {
    await rig.store(2)
    await rig.run()
    rig.clock.advance(MINUTE_MS)
  }
  expect(await rig.rows(`state <> 'delivered'`)).toMatchObject([
    {
      ...{ state: 'parked', reason: 'refused', refusals: 3, attempts: 3 },
      code: String(RESULT_CODES.fieldInvalid.code),
    },
  ])
  expect(sent(rig).length).toBe(3 + 8)
})

test('a hospital that the platform refuses altogether parks nothing, is asked ever less, and all goes once it is mended', async () => {
  const rig = await newRig({ breakerFailures: 5, breakerSeconds: 30 })
  await rig.store(20)
  rig.fault('partner-org-missing')
  await runFor(rig, 10 * MINUTE_MS)
  expect(new Set(await ends(rig))).toEqual(new Set(['pending']))
  expect(rig.reports().length, 'one burst, then one look a pause').toBeLessThan(20 + 22)
  rig.simulator.faults.clear()
  await runFor(rig, HOUR_MS, rig.delivery, MINUTE_MS)
  expect(new Set(await ends(rig))).toEqual(new Set(['delivered']))
})

test('a wrong secret parks nothing and pauses; with the right one everything goes', async () => {
  const rig = await newRig({ breakerFailures: 5 })
  await rig.store(12)
  const { appSecretFile } = rig.hospital.healthCard
  writeFileSync(appSecretFile, 'wrong')
  await runFor(rig, 10 * MINUTE_MS)
  expect(new Set(await ends(rig))).toEqual(new Set(['pending']))
  expect(rig.reports(), 'nothing is sent without a token').toEqual([])
  const [gate] = await rig.asOwner<{ open_until_ms: string | null; last_problem: string }>(
    'SELECT open_until_ms, last_problem FROM usage_gate',
  )
  expect(gate).toMatchObject({ open_until_ms: expect.any(String), last_problem: 'no transport' })
  writeFileSync(appSecretFile, String(rig.simulator.credentials['appSecret']))
  await runFor(rig, HOUR_MS, rig.otherProcess(), MINUTE_MS)
  expect(new Set(await ends(rig))).toEqual(new Set(['delivered']))
})

test.each([
  [false, ['outcome-unknown', 1]],
  [true, ['delivered', 2]],
] as const)('a lost reply, repeatUnknown %s: %s and as many sendings', async (repeatUnknown, expected) => {
  const rig = await newRig({ repeatUnknown })
  rig.fault('reply-lost', { times: 1 })
  await rig.store(1)
  await runFor(rig, 2 * MINUTE_MS)
  expect([...(await ends(rig)), rig.reports().length]).toEqual(expected)
  expect(await rig.rows()).toMatchObject([{ unknowns: 1 }])
})

test('a connection that was never made is tried again and costs nothing', async () => {
  const rig = await newRig()
  let down = true
  const offline: typeof fetch = async (input, init) => {
    if (down) throw NEVER_CONNECTED
    return fetch(input, init)
  }
  const delivery = rig.otherProcess({ fetch: offline })
  await rig.store(3)
  await rig.run(delivery)
  expect(await ends(rig)).toEqual(['pending', 'pending', 'pending'])
  down = false
  await runFor(rig, MINUTE_MS, delivery)
  expect(await rig.rows()).toMatchObject(
    Array.from({ length: 3 }, () => ({ state: 'delivered', unknowns: 0, refusals: 0, attempts: 2 })),
  )
})

test('a token that another server replaced in between is fetched anew, within the same sending', async () => {
  const rig = await newRig()
  await rig.store(1)
  await rig.run()
  rig.fault('wrong-token', { times: 1 })
  await rig.store(1)
  await rig.run()
  expect(rig.reports().map(({ call }) => call.result)).toEqual([
    '0',
    String(RESULT_CODES.tokenInvalid.code),
    '0',
  ])
  expect(await rig.rows()).toMatchObject([{ attempts: 1 }, { state: 'delivered', attempts: 1, refusals: 0 }])
})

test('the rate of the hospital is kept, over all its processes', async () => {
  const rig = await newRig({ ratePerSecond: 10 })
  const other = rig.otherProcess()
  await rig.store(40)
  await Promise.all([rig.run(), rig.run(other)])
  expect(rig.reports().length, 'one second is saved up').toBe(10)
  for (const [pass, total] of [
    [100, 11],
    [550, 16],
    [50, 17],
    [HOUR_MS, 27],
  ] as const) {
    rig.clock.advance(pass)
    await Promise.all([rig.run(), rig.run(other)])
    expect(rig.reports().length).toBe(total)
  }
  expect(new Set(sent(rig)).size, 'none twice').toBe(27)
})

test('an event that comes after 23:00 is late, and counted on the day on which it happened', async () => {
  const rig = await newRig({}, '2026-11-23T22:59:00+08:00')
  const told = async () => (await rig.rows()).map(({ day, after_cutoff, late }) => [day, after_cutoff, late])
  await rig.store(1)
  await rig.run()
  await rig.store(1)
  rig.clock.set(Date.parse('2026-11-23T23:00:00+08:00') + 1)
  await rig.run()
  await rig.store(1)
  rig.clock.set(Date.parse('2026-11-24T00:10:00+08:00'))
  await rig.store(1)
  await rig.run()
  expect(await told()).toEqual([
    ['2026-11-23', false, false],
    ['2026-11-23', false, true],
    ['2026-11-23', true, false],
    ['2026-11-24', false, false],
  ])
  expect(new Set(await ends(rig))).toEqual(new Set(['delivered']))
})

test('what can still be in time goes first, then what is late, the newest day first', async () => {
  const rig = await newRig({ ratePerSecond: 2, inFlight: 1 })
  const nowMs = rig.clock.nowMs()
  const before = await rig.store(2, { occurredAtMs: nowMs - 2 * DAY_MS })
  const yesterday = await rig.store(2, { occurredAtMs: nowMs - DAY_MS })
  const today = await rig.store(3)
  await runFor(rig, 5 * SECOND_MS, rig.delivery, SECOND_MS)
  expect(sent(rig)).toEqual([...today, ...yesterday, ...before])
})

test('two processes on one database send no event twice', async () => {
  const rig = await newRig({ inFlight: 32 })
  const other = rig.otherProcess()
  await rig.store(300)
  await Promise.all([rig.run(), rig.run(other), rig.run(), rig.run(other)])
  expect(sent(rig).length).toBe(300)
  expect(new Set(sent(rig)).size).toBe(300)
  expect(new Set(await ends(rig))).toEqual(new Set(['delivered']))
})

test.each([
  [false, 'lost-in-flight', 1],
  [true, 'delivered', 2],
] as const)(
  'what a dead process had on the wire, repeatUnknown %s: %s',
  async (repeatUnknown, end, calls) => {
    const rig = await newRig({ repeatUnknown })
    const wire = heldWire()
    const dead = rig.otherProcess({ fetch: wire.send })
    await rig.store(3)
    const dying = rig.run(dead)
    await vi.waitFor(() => expect(wire.waiting()).toBe(3), WAIT)
    await rig.run()
    expect(await ends(rig), 'while it may still answer, nobody else touches them').toEqual(
      Array.from({ length: 3 }, () => 'pending'),
    )
    rig.clock.advance(MINUTE_MS)
    await runFor(rig, MINUTE_MS)
    expect(await ends(rig)).toEqual([end, end, end])
    expect(await rig.rows()).toMatchObject([{ unknowns: 1 }, { unknowns: 1 }, { unknowns: 1 }])
    // It was only very slow: what it says now changes nothing any more.
    wire.release()
    await dying
    expect(await ends(rig)).toEqual([end, end, end])
    expect(rig.reports().length).toBe(3 * calls)
  },
)

test('stop waits for what is on the wire, stores its answers, and claims no more', async () => {
  const rig = await newRig({ inFlight: 4 })
  const wire = heldWire()
  const delivery = rig.otherProcess({ fetch: wire.send })
  await rig.store(20)
  const running = rig.run(delivery)
  await vi.waitFor(() => expect(wire.waiting()).toBe(4), WAIT)
  const stopped = delivery.stop()
  wire.release()
  await Promise.all([stopped, running])
  expect(rig.reports().length).toBe(4)
  expect(await rig.rows(`state = 'delivered'`)).toHaveLength(4)
  expect(await rig.asOwner('SELECT 1 FROM usage_flight')).toEqual([])
})

async function listen(rig: UsageRig, delivery: UsageDelivery): Promise<void> {
  const signals = new Signals({ url: rig.appUrl, log: rig.room.log })
  onTestFinished(() => signals.stop())
  delivery.listen(signals)
  await signals.start()
}

test('what is stored is sent at once, also while other events are on the wire', async () => {
  const rig = await newRig({ inFlight: 1 })
  await listen(rig, rig.delivery)
  for (let round = 0; round < 20; round++) await rig.store(1)
  await vi.waitFor(async () => expect(await rig.rows(`state = 'delivered'`)).toHaveLength(20), WAIT)
})

test('bug: what is told of while the only lane finds nothing is not left for the next minute', async () => {
  const rig = await newRig({ inFlight: 1 })
  let transactions = 0
  const watched = {
    withLock: (name: string, fn: () => Promise<unknown>) => rig.database.withLock(name, fn),
    inTransaction: async (...args: Parameters<Database['inTransaction']>) => {
      const result = await rig.database.inTransaction(...args)
      if ((await finished()) && ++transactions === 1) {
        await rig.store(1)
        expect(one.tell(rig.clock, '2026-11-23')).toBe(true)
      }
      return result
    },
  } as Database
  // The lane has stored its answer and found nothing more; nothing of it has come back yet.
  const finished = async () => (await rig.rows(`state = 'delivered'`)).length === 1
  const one = new HospitalDelivery(rig.roomOf(rig.database, { database: watched }), rig.hospital)
  await rig.store(1)
  await one.deliver(rig.clock)
  expect(await ends(rig)).toEqual(['delivered', 'delivered'])
})

test('bug: what the gate held back at the look of a minute goes on by itself, not at the next look', async () => {
  const rig = await newRig({ ratePerSecond: 50 })
  const delivery = rig.otherProcess({ clock: systemClock })
  delivery.listen({ on: () => {} } as unknown as Signals)
  await rig.store(80, { dueAtMs: 1 })
  await delivery.work.runDue(systemClock, 100)
  await vi.waitFor(async () => expect(await rig.rows(`state = 'delivered'`)).toHaveLength(80), WAIT)
})

test('bug: of several that failed it is known when each is to be sent again, not of the first alone', async () => {
  const rig = await newRig()
  const one = new HospitalDelivery(rig.room, rig.hospital)
  rig.fault('partner-org-missing', { times: 3 })
  await rig.store(1, { occurredAtMs: rig.clock.nowMs() - DAY_MS })
  await one.deliver(rig.clock)
  for (let round = 0; round < 2; round++) {
    rig.clock.advance(100)
    await rig.store(1)
    await one.deliver(rig.clock, '2026-11-23')
  }
  expect(await one.deliver(rig.clock)).toMatchObject({ waitMs: 5 * SECOND_MS - 200, held: false })
  for (const [pass, waitMs] of [
    [4_800, 100],
    [100, 100],
    [100, undefined],
  ] as const) {
    rig.clock.advance(pass)
    expect(await one.deliver(rig.clock)).toMatchObject({ sent: 1, waitMs })
  }
})

test('by schedule it is known when the next run is', async () => {
  const rig = await newRig({ mode: 'scheduled', runs: ['12:00'] })
  await rig.record(await rig.newPatient())
  const one = new HospitalDelivery(rig.room, rig.hospital)
  expect(await one.deliver(rig.clock)).toEqual({ sent: 0, waitMs: 3 * HOUR_MS, held: false })
})

test('bug: a client that cannot be made loses nothing, because nothing was sent', async () => {
  const rig = await newRig()
  const broken = new UsageDelivery({
    ...rig.room,
    clients: {
      usageReports: () => {
        throw new Error('no secret file')
      },
    },
  })
  await rig.store(3)
  await rig.run(broken)
  expect(await rig.rows()).toMatchObject(
    Array.from({ length: 3 }, () => ({ state: 'pending', unknowns: 0, code: 'transport' })),
  )
})

test('bug: tokens that cannot be read park nothing, because nothing was sent', async () => {
  const rig = await newRig()
  await rig.asOwner('ALTER TABLE platform_token RENAME TO away')
  await rig.store(3)
  await rig.run()
  expect(await ends(rig)).toEqual(['pending', 'pending', 'pending'])
  await rig.asOwner('ALTER TABLE away RENAME TO platform_token')
  rig.clock.advance(MINUTE_MS)
  await rig.run()
  expect(await ends(rig)).toEqual(['delivered', 'delivered', 'delivered'])
})

test('what was sealed under another key is parked, not sent', async () => {
  const rig = await newRig()
  await rig.store(1, { content: Buffer.from('not sealed') })
  await rig.store(1)
  await rig.run()
  expect(await ends(rig)).toEqual(['content-unreadable', 'delivered'])
  expect(rig.reports().length).toBe(1)
})

test('an event of a day without a table of its own is kept and delivered', async () => {
  const rig = await newRig()
  await rig.store(2, { occurredAtMs: rig.clock.nowMs() - 40 * DAY_MS })
  await rig.store(1, { occurredAtMs: rig.clock.nowMs() + 40 * DAY_MS })
  expect(await rig.asOwner('SELECT 1 FROM usage_days.other')).toHaveLength(3)
  await rig.run()
  expect(await ends(rig)).toEqual(['delivered', 'delivered', 'delivered'])
})

test('switched off, events are stored and nothing is sent', async () => {
  const rig = await newRig({ enabled: false })
  await rig.store(2)
  await rig.run()
  expect(await ends(rig)).toEqual(['pending', 'pending'])
  expect(rig.reports()).toEqual([])
})
