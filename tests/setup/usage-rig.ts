import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatShanghai, hospitalId, ManualClock, newId } from '@zhangyi/core'
import type { HisPort } from '@zhangyi/his'
import {
  freePortBase,
  HEALTH_CARD_APP,
  ManualOffsetClock,
  MINI_PROGRAM,
  type ReceivedCall,
  type RunningSandbox,
  startSandbox,
} from '@zhangyi/sandbox'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { demoHospital } from '../../apps/cli/src/start/demo-hospital.ts'
import { buildClients } from '../../apps/server/src/platform/clients/build-clients.ts'
import { Cipher } from '../../apps/server/src/platform/crypto/cipher.ts'
import { Database } from '../../apps/server/src/platform/database/database.ts'
import type { HospitalInput } from '../../apps/server/src/platform/hospitals/hospitals.ts'
import type { Platform } from '../../apps/server/src/platform/platform.ts'
import { keepDaysWork } from '../../apps/server/src/usage/days/keep-days.ts'
import type { DeliveryRoom } from '../../apps/server/src/usage/delivery/delivery-room.ts'
import { UsageDelivery } from '../../apps/server/src/usage/delivery/usage-delivery.ts'
import { sealContent } from '../../apps/server/src/usage/event-content.ts'
import { recordUsageEvent } from '../../apps/server/src/usage/record-usage-event.ts'
import { type NewEvent, storeEvents } from '../../apps/server/src/usage/store-events.ts'
import type { UsageTables } from '../../apps/server/src/usage/tables.ts'
import type { UsageFact } from '../../apps/server/src/usage/usage-fact.ts'
import { testDatabase } from './test-database.ts'

const HOSPITAL = hospitalId('demo')
const START = '2026-11-23T09:00:00+08:00'
export const QR_CODE = `${'a'.repeat(64)}:1`

/** What `reportHISData` was sent, as the platform received it. */
export interface Reported {
  readonly commonIn: Readonly<Record<string, unknown>>
  readonly req: Readonly<Record<string, string>>
  readonly call: ReceivedCall
}

type StoredRow = UsageTables['usage_event']

/** For a file of tests: the simulators on ports of their own. Each test has its own database and begins without faults. */
export function useUsageSandbox() {
  let sandbox: RunningSandbox
  const clock = new ManualOffsetClock(new ManualClock(START))
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-usage-'))
  beforeAll(async () => {
    sandbox = await startSandbox({ port: await freePortBase(), clock })
  })
  afterAll(async () => {
    await sandbox?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return (usage: HospitalInput['usage'] = {}, start = START) => {
    clock.set(Date.parse(start))
    return newRig({ sandbox, clock, dataDir, usage })
  }
}

interface RigParts {
  readonly sandbox: RunningSandbox
  readonly clock: ManualOffsetClock
  readonly dataDir: string
  readonly usage: HospitalInput['usage']
}

async function newRig({ sandbox, clock, dataDir, usage }: RigParts) {
  const made = await testDatabase()
  const simulator = sandbox.simulators['health-card']
  if (!simulator) throw new Error('no health-card simulator')
  simulator.faults.clear()
  // Calls of the tests before: the list keeps the newest only, so it is told by what it held and not by its length.
  const earlier = new Set(simulator.calls)
  const errors: string[] = []
  const log = { info: () => {}, warn: () => {}, error: (_: object, text: string) => void errors.push(text) }
  const hospitals = demoHospital(sandbox, dataDir, { usage: { ratePerSecond: 10_000, ...usage } })
  const [hospital] = hospitals.all
  if (!hospital) throw new Error('no hospital')
  const roomOf = (database: Database, changes: Partial<Platform> = {}): DeliveryRoom => {
    const platform = {
      ...{ clock, log, hospitals, database, fetch, cipher: new Cipher('7'.repeat(64)) },
      ...changes,
    } as unknown as Platform
    return { ...platform, clients: buildClients(platform, () => ({}) as HisPort) }
  }
  const room = roomOf(made.database)
  await keepDaysWork(room).runDue(clock, 1)
  const delivery = new UsageDelivery(room)
  onTestFinished(() => delivery.stop())
  let serial = 0

  const rows = (where = 'true') =>
    made.asOwner<StoredRow>(
      `SELECT e.*, e.day::text AS day, e.id::int, e.occurred_at_ms::float8, e.next_action_at_ms::float8
       FROM usage_event e WHERE ${where} ORDER BY e.id`,
    )
  return {
    ...{ room, roomOf, clock, hospital, delivery, errors, simulator, rows, hospitalId: HOSPITAL },
    ...{ database: made.database, appUrl: made.appUrl, asOwner: made.asOwner },
    /** Another server process on the same database: its own connections and its own clients. */
    otherProcess: (changes: Partial<Platform> = {}) => {
      const database = new Database({ url: made.appUrl })
      const other = new UsageDelivery(roomOf(database, changes))
      onTestFinished(async () => {
        await other.stop()
        await database.close()
      })
      return other
    },
    /** The look of a minute. */
    run: (by: UsageDelivery = delivery) => by.work.runDue(clock, 100),
    fault: (kind: string, more: object = {}) =>
      void simulator.faults.order({ kind, operation: 'reportHISData', ...more }),
    reports: (): readonly Reported[] =>
      simulator.calls
        .filter((call) => call.operation === 'reportHISData' && !earlier.has(call))
        .map((call) => ({ ...(call.request as Omit<Reported, 'call'>), call })),
    newPatient: async (card = true) => {
      const patientId = newId('patient')
      const userId = newId('user')
      const sealed = (text: string) =>
        `'\\x${room.cipher.seal(text, 'patient.qr_code_text').toString('hex')}'`
      await made.asOwner(
        `INSERT INTO app_user VALUES ('${HOSPITAL}', '${userId}', 0);
         INSERT INTO patient (hospital_id, id, user_id, person_index, name, id_type, id_number, gender, birthday,
           relation, is_default, verified, patid, card_state, qr_code_text, created_at_ms)
         VALUES ('${HOSPITAL}', '${patientId}', '${userId}', '\\x${Buffer.from(patientId).toString('hex')}', '', '01',
           '', '女', '', '本人', true, true, 'P1', ${card ? `'linked', ${sealed(QR_CODE)}` : `'none', NULL`}, 0)`,
      )
      return { patientId, userId }
    },
    record: (
      { patientId, userId }: { readonly patientId: string; readonly userId: string },
      fact: Partial<UsageFact> = {},
    ) =>
      made.database.inTransaction(HOSPITAL, (tx) =>
        recordUsageEvent(tx, room, {
          ...{ act: 'list-lab', patientId },
          user: { userId, appid: MINI_PROGRAM.appid, openid: 'o-test', channel: 'mini-program' },
          ...fact,
        }),
      ),
    /** Events as if recorded, told apart by `serviceId`. Returns their markers. */
    store: async (count: number, changes: Partial<NewEvent> = {}, report: object = {}) => {
      const nowMs = clock.nowMs()
      const markers = Array.from({ length: count }, () => `m-${++serial}`)
      const events = markers.map((serviceId): NewEvent => {
        const occurredAtMs = changes.occurredAtMs ?? nowMs
        const content = {
          qrCodeText: QR_CODE,
          time: formatShanghai(occurredAtMs),
          hospitalCode: HEALTH_CARD_APP.hospitalId,
          ...{ scene: '0101082', cardType: '11', cardChannel: '0402', serviceId, ...report },
        }
        return {
          ...{ source: 'app', scene: '0101082', occurredAtMs, userId: 'user', patientId: 'patient' },
          ...{ departmentId: null, departmentName: null, state: 'pending', reason: null, dueAtMs: nowMs },
          content: sealContent(room.cipher, { report: content, context: { channelNum: 1 } }),
          ...changes,
        }
      })
      await made.database.inTransaction(HOSPITAL, (tx) => storeEvents(tx, events, nowMs))
      return markers
    },
  }
}
export type UsageRig = Awaited<ReturnType<typeof newRig>>
