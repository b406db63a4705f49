import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatShanghai, hospitalId, SECOND_MS, shanghaiDay, systemClock } from '@zhangyi/core'
import {
  Faults,
  freePortBase,
  HEALTH_CARD_APP,
  ManualOffsetClock,
  type ReceivedCall,
  type RunningSandbox,
  startSandbox,
} from '@zhangyi/sandbox'
import { Cipher } from '@zhangyi/server'
import { expect, onTestFinished, vi } from 'vitest'
import { demoHospital } from '../../apps/cli/src/start/demo-hospital.ts'
import { sealContent } from '../../apps/server/src/usage/event-content.ts'
import { type NewEvent, storeEvents } from '../../apps/server/src/usage/store-events.ts'
import { testDatabase } from '../setup/test-database.ts'
import { QR_CODE } from '../setup/usage-rig.ts'

const HOSPITAL = hospitalId('demo')
const DATA_KEY = '7'.repeat(64)
const MORNING = '2026-11-23T09:00:00+08:00'
/** Longer than any lease: what a killed server had on the wire is lost, not late. */
const LEASE_OVER_MS = 60 * SECOND_MS
const OPERATION = 'reportHISData'
/** After which the platform has carried out what nobody was told of. */
const UNTOLD = ['reply-lost', 'http-500-after', 'malformed-json']

export interface FaultPlan {
  readonly events: number
  readonly kills: number
  readonly seed: number
  readonly repeatUnknown: boolean
  readonly inFlight: number
  readonly timeoutMs: number
  /** Of each kind of fault, in every call. */
  readonly probability: number
  /** Stored by one transaction. */
  readonly batch: number
  readonly limitMs: number
}

export interface FaultReport {
  readonly events: number
  readonly received: number
  readonly sends: number
  readonly delivered: number
  readonly parked: Readonly<Record<string, number>>
  readonly duplicates: Readonly<Record<string, readonly string[]>>
  /** Events on the wire at each kill. */
  readonly killed: readonly number[]
}

/** What the platform carried out of one event, in order. */
interface Carried {
  readonly requestId: string
  readonly result: string
  readonly tookMs: number
}

interface Row {
  readonly marker: string
  readonly state: string
  readonly reason: string | null
  readonly unknowns: number
  readonly request_id: string | null
}

/**
 * Events are told to a platform that fails in every way it knows, by a server that is killed in the middle; then
 * everything is mended, and every event must have an end that agrees with what the platform received.
 */
export async function runFaults(plan: FaultPlan): Promise<FaultReport> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-usage-faults-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const made = await testDatabase()
  const clock = new ManualOffsetClock(systemClock)
  clock.set(Date.parse(MORNING))
  const port = await freePortBase()
  const sandbox = await startSandbox({ port, clock })
  onTestFinished(() => sandbox.stop())
  const platform = watchPlatform(sandbox, clock)
  orderFaults(platform.faults, plan)
  const server = newServer({ dataDir, port, sandbox, clock, databaseUrl: made.appUrl, plan })
  onTestFinished(() => server.kill())

  const count = async (what: string) =>
    Number((await made.asOwner<{ count: string }>(`SELECT count(*) FROM ${what}`))[0]?.count)
  const onWire = async () => {
    const rows = await made.asOwner<{ id: string }>('SELECT unnest(event_ids) AS id FROM usage_flight')
    return rows.map(({ id }) => id)
  }
  const killed: number[] = []
  const lost = new Set<string>()
  const filling = fill(plan, clock, (events) =>
    made.database.inTransaction(HOSPITAL, (tx) => storeEvents(tx, events, clock.nowMs())),
  )
  await server.start()
  for (const point of killPoints(plan)) {
    await platform.received(point, plan.limitMs)
    await server.kill()
    const ids = await onWire()
    killed.push(ids.length)
    for (const id of ids) lost.add(id)
    clock.advance(LEASE_OVER_MS)
    await server.start()
  }
  await filling

  const pending = `usage_event WHERE state = 'pending'`
  await until(plan.limitMs, async () => (await count(`${pending} AND attempts = 0`)) === 0)
  platform.faults.clear()
  // What failed waits for its next time: the clock goes there, never while something is on the wire.
  await until(plan.limitMs, async () => {
    if ((await count(pending)) === 0) return true
    if ((await onWire()).length > 0) return false
    const [last] = await made.asOwner<{ at_ms: string }>(
      `SELECT max(next_action_at_ms) AS at_ms FROM usage_event WHERE state = 'pending'`,
    )
    const waitMs = Number(last?.at_ms) - clock.nowMs()
    if (waitMs > 0) server.advance(waitMs + 1)
    await made.asOwner(`SELECT pg_notify('usage_due', 'demo ${shanghaiDay(clock.nowMs())}')`)
    return false
  })
  await server.kill()

  const rows = await made.asOwner<Row & { readonly id: string }>(
    'SELECT id, user_id AS marker, state, reason, unknowns, request_id FROM usage_event',
  )
  return judge(plan, rows, lost, platform.log(), { killed, received: platform.count() })
}

function watchPlatform({ simulators }: RunningSandbox, clock: ManualOffsetClock) {
  const simulator = simulators['health-card']
  if (!simulator) throw new Error('no health-card simulator')
  const carried = new Map<string, Carried[]>()
  let received = 0
  let reached: () => void = () => {}
  let wanted = Number.POSITIVE_INFINITY
  // The simulator's list keeps the newest calls only.
  const calls = simulator.calls as ReceivedCall[]
  const keep = calls.push.bind(calls)
  calls.push = (...more) => {
    for (const call of more) if (call.operation === OPERATION) note(call)
    return keep(...more)
  }
  const note = ({ request, reply, result, atMs }: ReceivedCall) => {
    received++
    if (received >= wanted) reached()
    const { commonIn, req } = request as { commonIn: { requestId: string }; req: { serviceId: string } }
    const code = (reply as { commonOut: { resultCode: number } } | undefined)?.commonOut.resultCode
    if (code !== 0) return
    const before = carried.get(req.serviceId) ?? []
    before.push({ requestId: commonIn.requestId, result, tookMs: clock.nowMs() - atMs })
    carried.set(req.serviceId, before)
  }
  return {
    faults: simulator.faults,
    count: () => received,
    log: (): ReadonlyMap<string, readonly Carried[]> => carried,
    /** At the very call that is the `point`th, not some time after it. */
    received: (point: number, limitMs: number) =>
      new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`only ${received} of ${point} calls came`)), limitMs)
        reached = () => {
          clearTimeout(late)
          resolve()
        }
        wanted = point
        if (received >= wanted) reached()
      }),
  }
}

function orderFaults(faults: Faults, { probability, seed, timeoutMs }: FaultPlan): void {
  const kinds: readonly (readonly [kind: string, share: number, more?: object])[] = [
    ...(['reply-lost', 'http-500-after', 'malformed-json'] as const).map((kind) => [kind, 1] as const),
    ...(['http-500', 'http-502', 'http-429', 'reset'] as const).map((kind) => [kind, 1] as const),
    ...([
      ['partner-org-missing', 1],
      ['wrong-token', 0.2],
    ] as const),
    ['delay', 0.2, { delayMs: timeoutMs * 1.3 }],
  ]
  kinds.forEach(([kind, share, more], index) => {
    faults.order({
      kind,
      operation: OPERATION,
      probability: probability * share,
      seed: seed + index,
      ...more,
    })
  })
  faults.order({ kind: 'reset', operation: 'getAppToken', probability: 0.1, seed })
}

/** After so many calls the server is killed; spread over the run, and at no round number. */
function killPoints({ kills, events, seed }: FaultPlan): readonly number[] {
  const dice = new Faults()
  dice.order({ kind: 'die', probability: 0.5, seed })
  const share = events / (kills + 1)
  const random = () => Array.from({ length: 16 }, () => (dice.take('die', '') ? 1 : 0)).join('')
  return Array.from({ length: kills }, (_, index) => {
    const within = Number.parseInt(random(), 2) / 2 ** 16
    return Math.floor(share * (index + 0.4 + 0.8 * within))
  })
}

async function fill(
  { events, batch }: FaultPlan,
  clock: ManualOffsetClock,
  store: (events: readonly NewEvent[]) => Promise<void>,
): Promise<void> {
  const cipher = new Cipher(DATA_KEY)
  for (let from = 0; from < events; from += batch)
    await store(
      Array.from({ length: Math.min(batch, events - from) }, (_, index) =>
        newEvent(cipher, `m-${from + index}`, clock.nowMs()),
      ),
    )
}

function newEvent(cipher: Cipher, serviceId: string, nowMs: number): NewEvent {
  const report = {
    ...{ qrCodeText: QR_CODE, time: formatShanghai(nowMs), hospitalCode: HEALTH_CARD_APP.hospitalId },
    ...{ scene: '0101082', cardType: '11', cardChannel: '0402', serviceId },
  }
  return {
    ...{ source: 'app', scene: report.scene, occurredAtMs: nowMs, userId: serviceId, patientId: 'p' },
    ...{ departmentId: null, departmentName: null, state: 'pending', reason: null, dueAtMs: nowMs },
    content: sealContent(cipher, { report, context: { channelNum: 1 } }),
  }
}

interface ServerParts {
  readonly dataDir: string
  readonly port: number
  readonly sandbox: RunningSandbox
  readonly clock: ManualOffsetClock
  readonly databaseUrl: string
  readonly plan: FaultPlan
}

function newServer({ dataDir, port, sandbox, clock, databaseUrl, plan }: ServerParts) {
  const { inFlight, timeoutMs, repeatUnknown } = plan
  const file = (name: string, content: string) => {
    writeFileSync(join(dataDir, name), content)
    return join(dataDir, name)
  }
  const usage = { inFlight, timeoutMs, repeatUnknown, ratePerSecond: 100_000, breakerSeconds: 1 }
  const env = {
    PATH: process.env.PATH,
    ZHANGYI_PORT: String(port + 9),
    ZHANGYI_DATA_DIR: dataDir,
    ZHANGYI_LOG_LEVEL: 'fatal',
    ZHANGYI_DATA_KEY_FILE: file('key', DATA_KEY),
    ZHANGYI_DATABASE_URL_FILE: file('url', databaseUrl),
    ZHANGYI_HOSPITALS_FILE: file(
      'hospitals.json',
      JSON.stringify({ hospitals: demoHospital(sandbox, dataDir, { usage }).all }),
    ),
  }
  let child: ChildProcess | undefined
  return {
    start: async () => {
      const started = spawn(process.execPath, [join(import.meta.dirname, 'serve-child.ts')], {
        env: { ...env, ZHANGYI_TEST_OFFSET_MS: String(clock.offsetMs) },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      })
      child = started
      await new Promise<void>((resolve, reject) => {
        started.once('message', () => resolve())
        started.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
      })
    },
    /** kill -9, in whatever it is doing. */
    kill: async () => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child?.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
    advance: (ms: number) => {
      clock.advance(ms)
      child?.send(ms)
    },
  }
}

function until(limitMs: number, done: () => Promise<boolean>): Promise<void> {
  return vi.waitFor(async () => expect(await done()).toBe(true), { timeout: limitMs, interval: 100 })
}

/** Holds what the rows say against what the platform carried out. */
function judge(
  plan: FaultPlan,
  rows: readonly (Row & { readonly id: string })[],
  lost: ReadonlySet<string>,
  log: ReadonlyMap<string, readonly Carried[]>,
  { killed, received }: { readonly killed: readonly number[]; readonly received: number },
): FaultReport {
  const carriedOf = ({ marker }: Row) => log.get(marker) ?? []
  const markers = new Set(rows.map(({ marker }) => marker))
  expect([rows.length, markers.size], 'none lost, none stored twice').toEqual([plan.events, plan.events])
  expect(rows.filter(({ state }) => state !== 'delivered' && state !== 'parked')).toEqual([])
  expect(rows.filter(({ state, reason }) => state === 'parked' && reason === null)).toEqual([])
  const neverReceived = rows.filter(
    (row) =>
      row.state === 'delivered' && !carriedOf(row).some(({ requestId }) => requestId === row.request_id),
  )
  expect(neverReceived, 'delivered, and received under that very number').toEqual([])
  const unaccounted = rows.filter((row) => carriedOf(row).length - 1 > row.unknowns)
  expect(unaccounted, 'twice only after an outcome that nobody knew').toEqual([])
  const twice = rows.filter((row) => carriedOf(row).length > 1)
  if (!plan.repeatUnknown) expect(twice, 'what may not be repeated was not').toEqual([])
  expect(Math.max(0, ...killed)).toBeLessThanOrEqual(plan.inFlight)

  const parked = rows.filter(({ state }) => state === 'parked')
  const sends = [...log.values()].reduce((sum, carried) => sum + carried.length, 0)
  return {
    ...{ events: rows.length, received, sends, killed },
    delivered: rows.length - parked.length,
    parked: Object.fromEntries(
      [...Map.groupBy(parked, ({ reason }) => String(reason))].map(([reason, some]) => [reason, some.length]),
    ),
    duplicates: Object.fromEntries(
      [...Map.groupBy(twice, (row) => causeOf(row, carriedOf(row), lost, plan))].map(([cause, some]) => [
        cause,
        some.map(({ marker }) => marker),
      ]),
    ),
  }
}

function causeOf(
  { id }: { readonly id: string },
  carried: readonly Carried[],
  lost: ReadonlySet<string>,
  { timeoutMs }: FaultPlan,
): string {
  const untold = carried.find(({ result }) => UNTOLD.includes(result))
  if (untold) return untold.result
  if (lost.has(id)) return 'killed'
  return carried.some(({ tookMs }) => tookMs >= timeoutMs) ? 'slow' : 'timed-out-here'
}

/** One line for a reader of the log; then every event that the platform has more than once, by its cause. */
export function printReport(seed: number, { duplicates, ...report }: FaultReport): void {
  const causes = Object.entries(duplicates).map(([cause, markers]) => [cause, markers.length])
  const total = Object.values(duplicates).flat().length
  const line = { seed, ...report, duplicates: total, duplicatesBy: Object.fromEntries(causes) }
  process.stdout.write(`usage faults: ${JSON.stringify(line)}\n`)
  for (const [cause, markers] of Object.entries(duplicates))
    process.stdout.write(`received more than once, ${cause}: ${markers.join(' ')}\n`)
}
