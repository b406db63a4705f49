import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fen, hospitalId, ManualClock, MINUTE_MS, newId, sensitive } from '@zhangyi/core'
import type { HisPort } from '@zhangyi/his'
import {
  freePortBase,
  ManualOffsetClock,
  MINI_PROGRAM,
  OFFICIAL_ACCOUNT,
  openidOf,
  type ReceivedCall,
  SANDBOX_TEMPLATES,
  startSandbox,
} from '@zhangyi/sandbox'
import { demoHospital } from '../../apps/cli/src/start/demo-hospital.ts'
import {
  findNotices,
  type NewNotice,
  type NoticesRoom,
  noticesWork,
  queueNotice,
  registerNoticeRoutes,
  type ToldNotice,
} from '../../apps/server/src/notices/index.ts'
import { Checks } from '../../apps/server/src/platform/checks/checks.ts'
import { buildClients } from '../../apps/server/src/platform/clients/build-clients.ts'
import { Cipher } from '../../apps/server/src/platform/crypto/cipher.ts'
import type { Tx } from '../../apps/server/src/platform/database/tx.ts'
import { Hospitals } from '../../apps/server/src/platform/hospitals/hospitals.ts'
import type { NoticeKind } from '../../apps/server/src/platform/hospitals/notices-config.ts'
import { buildHttp } from '../../apps/server/src/platform/http/build-http.ts'
import type { Platform } from '../../apps/server/src/platform/platform.ts'
import { loadSettings } from '../../apps/server/src/platform/settings/settings.ts'
import { createTestDatabase } from './test-database.ts'

const HOSPITAL = hospitalId('demo')

/** A message as the phone shows it. */
export interface Shown {
  readonly channel: 'channel' | 'template' | 'subscribe'
  readonly lines: readonly { readonly label: string; readonly value: string }[]
  readonly target: string
  readonly atMs: number
}

/** A real database, the simulator of WeChat with its pushes, and the operations called directly. */
export async function startNoticesRig(start = '2026-11-23T09:00:00+08:00') {
  const made = await createTestDatabase()
  const clock = new ManualOffsetClock(new ManualClock(start))
  const port = await freePortBase()
  const sandbox = await startSandbox({ port, clock })
  const simulator = sandbox.simulators['weixin']
  if (!simulator) throw new Error('no weixin simulator')
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-notices-'))
  const logLines: string[] = []
  const http = await buildHttp({
    logLevel: 'debug',
    logStream: { write: (line) => void logLines.push(line) },
  })
  const told: ToldNotice[] = []
  const roomWith = (hospitals: Hospitals): NoticesRoom => {
    const platform: Platform = {
      settings: loadSettings({ ZHANGYI_DATA_DIR: dataDir }),
      ...{ clock, hospitals, fetch, database: made.database, log: http.log },
      ...{ cipher: new Cipher('7'.repeat(64)), checks: new Checks() },
      publicOrigin: `http://127.0.0.1:${port + 9}`,
    }
    const clients = buildClients(platform, () => ({}) as HisPort)
    const events = { told: async (_tx: Tx, notice: ToldNotice) => void told.push(notice) }
    return { ...platform, clients, events, jobs: { wake: async () => {} } }
  }
  const hospitals = demoHospital(sandbox, dataDir)
  const room = roomWith(hospitals)
  registerNoticeRoutes(http, room)
  await http.listen({ host: '127.0.0.1', port: port + 9 })
  const callbackUrl = `${room.publicOrigin}/api/v1/notices/callback/demo`

  const inTx = <T>(fn: (tx: Tx) => Promise<T>) => made.database.inTransaction(HOSPITAL, fn)
  const act = async <T>(name: string, input: object = {}) =>
    (await simulator.actions[name]?.(input as Record<string, unknown>)) as T
  const run = (by: NoticesRoom = room) => noticesWork(by).runDue(clock, 1_000)

  /** A person with openids under the apps that they came with; nothing that one test does reaches another. */
  const newUser = async ({ mini = true, official = true, follows = true, subscribes = true } = {}) => {
    const person = `p${randomBytes(5).toString('hex')}`
    const userId = newId('user')
    const identity = (appid: string) =>
      `INSERT INTO wechat_identity VALUES ('${HOSPITAL}', '${appid}', '${openidOf(appid, { id: person, nickname: '' })}', NULL, '${userId}', 0);`
    await made.asOwner(
      `INSERT INTO app_user VALUES ('${HOSPITAL}', '${userId}', 0);
       ${mini ? identity(MINI_PROGRAM.appid) : ''}${official ? identity(OFFICIAL_ACCOUNT.appid) : ''}`,
    )
    await act('set-phone', { person, follows })
    if (subscribes)
      await act('accept-subscription', { person, templateIds: [SANDBOX_TEMPLATES.subscribeRefund] })
    return { person, userId }
  }
  const noticeFor = (userId: string, kind: NoticeKind, more: Partial<NewNotice> = {}): NewNotice => ({
    ...{ kind, key: newId('key'), userId, patientName: sensitive('李明华'), amountFen: fen(12_300) },
    ...{ cardNumber: sensitive('0000123420931'), balanceFen: fen(12_345) },
    ...{ page: 'pages-refund/case/case?id=case_1', ...more },
  })

  return {
    ...{ room, clock, hospitals, simulator, act, run, inTx, newUser, noticeFor, callbackUrl, logLines },
    /** What other rooms were told, in order. */
    told,
    ...{ asOwner: made.asOwner, appUrl: made.appUrl, hospitalId: HOSPITAL },
    /** The same room with one thing configured otherwise. */
    roomWithNotices: (change: Partial<Hospitals['all'][number]['notices']>): NoticesRoom =>
      roomWith(
        new Hospitals(hospitals.all.map((one) => ({ ...one, notices: { ...one.notices, ...change } }))),
      ),
    /** As if the process died after the intent was stored and before anything was heard. */
    killedWhileSending: (by: NoticesRoom): NoticesRoom => ({
      ...by,
      clients: {
        wechat: (_hospital, appid) => ({
          appid,
          change: () => Promise.reject(new Error('killed')),
          read: () => Promise.reject(new Error('killed')),
        }),
      },
    }),
    /** Queues a notice as a caller's transaction would. Returns its key. */
    tell: async (userId: string, kind: NoticeKind, more: Partial<NewNotice> = {}) => {
      const notice = noticeFor(userId, kind, more)
      await inTx((tx) => queueNotice(tx, room, notice))
      return notice.key
    },
    find: async (key: string) => (await inTx((tx) => findNotices(tx, [key])))[0],
    /** What a person's phone got, newest first. */
    phoneOf: (person: string) => act<readonly Shown[]>('messages', { person }),
    /** What was asked about a person, in order, with what WeChat answered. */
    sentTo: (person: string) =>
      simulator.calls
        .filter(({ request }) => JSON.stringify(request).includes(person))
        .map(({ operation, result }: ReceivedCall) => `${operation} ${result}`),
    fault: (kind: string, operation: string, times = 1) =>
      void simulator.faults.order({ kind, operation, times }),
    /** Time passes with the worker looking. */
    pass: async (untilMs: number, stepMs = MINUTE_MS) => {
      for (let passed = 0; passed < untilMs; passed += stepMs) {
        clock.advance(stepMs)
        await run()
      }
    },
    stop: async () => {
      await http.close()
      await sandbox.stop()
      await made.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
export type NoticesRig = Awaited<ReturnType<typeof startNoticesRig>>
