import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkCharacter, fen, ManualClock, MINUTE_MS, newId } from '@zhangyi/core'
import type { Archive } from '@zhangyi/his'
import {
  buildSandbox,
  inProcessFetch,
  ManualOffsetClock,
  type Sandbox,
  type WechatPayProof,
} from '@zhangyi/sandbox'
import { type App, buildApp, Checks, Cipher, loadSettings } from '@zhangyi/server'
import { onTestFinished } from 'vitest'
import { demoHospital } from '../../apps/cli/src/start/demo-hospital.ts'
import { importRecharges } from '../../apps/server/src/payments/index.ts'
import { signInAs } from '../../apps/server/src/platform/operators/test-support/sign-in-as.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { type Answer, act, signIn } from './refunds-patient.ts'

// A Monday morning.
const MORNING = '2026-11-23T09:00:00+08:00'
const SANDBOX_PORT = 40_000
const ORIGIN = `http://127.0.0.1:${SANDBOX_PORT + 15}`
export const CIPHER_KEY = 'ab'.repeat(32)

export type HospitalChanges = NonNullable<Parameters<typeof demoHospital>[2]>
type DemoMerchant = NonNullable<HospitalChanges['wechatPay']> & {
  readonly transfer: NonNullable<NonNullable<HospitalChanges['wechatPay']>['transfer']>
}

export interface RefundsRigOptions {
  /** What differs from the example hospital; a function is told how that one pays. */
  readonly hospital?: HospitalChanges | ((wechatPay: DemoMerchant) => HospitalChanges)
  /** How the hospital gives deposits back. */
  readonly his?: 'two-phase' | 'single-step' | 'single-step-without-reversal'
  readonly start?: string
  /** Of its own unless told. */
  readonly made?: TestDatabase
  /** Of the simulators, for who reaches them by sockets. */
  readonly port?: number
  /** The built console, for who looks at it. */
  readonly consoleDir?: string
}

/**
 * The whole server, the simulators of WeChat, WeChat Pay and the HIS in one process without a socket, a real database
 * and a clock that a test moves. The job queue is not running: a test calls the rooms' work itself.
 */
export async function openRefunds({
  hospital,
  his = 'two-phase',
  start = MORNING,
  ...given
}: RefundsRigOptions = {}) {
  const made = given.made ?? (await createTestDatabase())
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-refunds-'))
  const clock = new ManualOffsetClock(new ManualClock(start))
  let servers: Parameters<typeof inProcessFetch>[0] = () => ({})
  const send = inProcessFetch(() => servers())
  const sandbox = buildSandbox({ port: given.port ?? SANDBOX_PORT, clock, fetch: send })
  await Promise.all(sandbox.servers.map(({ app }) => app.ready()))
  await act(sandbox, 'his-rest', 'hospital', { refunds: his })
  const hospitals = hospitalsOf(sandbox, dataDir, hospital)
  const logLines: string[] = []
  const cipher = new Cipher(CIPHER_KEY)

  /** Another server on the same database, as after a crash, or beside the first. */
  const startApp = (): Promise<App> =>
    buildApp(
      {
        ...{
          settings: loadSettings({ ZHANGYI_DATA_DIR: dataDir }),
          clock,
          database: made.database,
          hospitals,
          cipher,
        },
        ...{ checks: new Checks(), publicOrigin: ORIGIN, fetch: send, jobs: { wake: async () => {} } },
      },
      {
        logLevel: 'info',
        maxRequestsPerMinute: 1_000_000,
        logStream: { write: (line) => void logLines.push(line) },
        ...(given.consoleDir !== undefined && { consoleDir: given.consoleDir }),
      },
    )
  let app = await startApp()
  await app.http.ready()
  servers = () => ({
    ...Object.fromEntries(sandbox.servers.map((one) => [`http://127.0.0.1:${one.port}`, one.app])),
    [ORIGIN]: app.http as never,
  })

  const id = hospitals.all[0]?.id
  if (id === undefined) throw new Error('no hospital')
  const inTx = <T>(fn: Parameters<typeof made.database.inTransaction<T>>[1]) =>
    made.database.inTransaction(id, fn)
  const pay = <T>(name: string, input: object = {}) => act<T>(sandbox, 'wechat-pay', name, input)
  const run = () => runDue(app, clock)

  return {
    ...{ sandbox, clock, cipher, logLines, inTx, pay, run, startApp, hospitalId: id },
    ...{ asOwner: made.asOwner, database: made.database, his: () => sandbox.hospital() },
    /** For a server of a test's own making on the same database. */
    ...{ hospitals, send, origin: ORIGIN, settings: loadSettings({ ZHANGYI_DATA_DIR: dataDir }) },
    get app(): App {
      return app
    },
    /** What a crash and a new start leave. */
    restart: async () => {
      await app.http.close()
      app = await startApp()
      await app.http.ready()
    },
    /** Time passes with the work that is due being done, as far as `ms` from now. */
    pass: async (ms: number, stepMs = MINUTE_MS) => {
      for (let passed = 0; passed < ms; passed += stepMs) {
        clock.advance(Math.min(stepMs, ms - passed))
        await pay('deliver-due')
        await run()
      }
    },
    fault: (kind: string, operation?: string, more: object = {}) =>
      void sandbox.simulators['wechat-pay']?.faults.order({ kind, operation, times: 1, ...more }),
    calls: (operation: string) =>
      (sandbox.simulators['wechat-pay']?.calls ?? []).filter((call) => call.operation === operation),
    prove: () => pay<WechatPayProof>('prove'),
    newPatient: (wanted: NewPatient = {}) => newPatient(sandbox, wanted),
    signIn: (person = `p${newId('x').slice(2, 12)}`) =>
      signIn({ made, clock, cipher, id, sandbox }, () => app, person),
    operator: async (name = '王会计') =>
      operatorWith(
        app,
        await signInAs(
          { database: made.database, clock },
          { origin: ORIGIN, loginName: name, role: 'finance' },
        ),
      ),
    /** A recharge that was paid through another system on our merchant number, known to WeChat, the HIS and us. */
    recharge: async (
      patid: string,
      amountFen: number,
      { paidAt = '2026-10-01T09:00:00+08:00', person = 'payer' } = {},
    ) => {
      const outTradeNo = `CZ${newId('n').slice(2, 22)}`
      const order = await pay<{ transactionId: string }>('seed-paid-order', {
        ...{ outTradeNo, amountFen, person, paidAt },
      })
      const { transactionId } = order
      sandbox.hospital().charge(patid, {
        ...{
          amount: fen(amountFen),
          channel: 'wechat',
          paymentNumber: outTradeNo,
          channelNumber: transactionId,
        },
        paidAt: new Date(paidAt).toISOString(),
      })
      const mchid = hospitals.all[0]?.wechatPay?.mchid ?? ''
      await inTx((tx) =>
        importRecharges(tx, { clock, hospitals } as never, [
          {
            ...{ outTradeNo, transactionId, mchid, openid: undefined, paidFen: fen(amountFen) },
            ...{ refundedFen: fen(0), paidAtMs: Date.parse(paidAt) },
          },
        ]),
      )
      return outTradeNo
    },
    /** Sums of the journal by account, over all that this database holds. */
    balances: async (): Promise<Readonly<Record<string, number>>> => {
      const rows = await made.asOwner<{ account: string; sum: string }>(
        'SELECT account, sum(amount_fen) AS sum FROM journal_entry GROUP BY account',
      )
      return Object.fromEntries(rows.map(({ account, sum }) => [account, Number(sum)]))
    },
    legs: (caseId: string) =>
      made.asOwner<{
        id: string
        state: string
        fail: string | null
        payout_id: string | null
        round: number
      }>(`SELECT * FROM refund_leg WHERE case_id = '${caseId}' ORDER BY place`),
    close: async () => {
      await app.http.close()
      await Promise.all(sandbox.servers.map((one) => one.app.close()))
      await made.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
export type RefundsRig = Awaited<ReturnType<typeof openRefunds>>
export type Patient = Awaited<ReturnType<RefundsRig['signIn']>>

/** A rig of this test's own. */
export async function ownRefunds(options?: RefundsRigOptions): Promise<RefundsRig> {
  const rig = await openRefunds(options)
  onTestFinished(() => rig.close())
  return rig
}

function hospitalsOf(sandbox: Sandbox, dataDir: string, changes: RefundsRigOptions['hospital']) {
  if (typeof changes !== 'function') return demoHospital(sandbox, dataDir, changes)
  const wechatPay = demoHospital(sandbox, dataDir).all[0]?.wechatPay
  return demoHospital(sandbox, dataDir, changes(wechatPay as DemoMerchant))
}

/** The work that is due now, until nothing more is: what one room does may be work for another. */
async function runDue({ work }: App, clock: ManualOffsetClock): Promise<void> {
  const ours = work.filter(({ name }) => /^(payments|refunds|notices)\./.test(name))
  for (let round = 0; round < 20; round++) {
    let done = 0
    for (const one of ours) done += await one.runDue(clock, 1_000)
    if (done === 0) return
  }
}

export interface NewPatient {
  readonly name?: string
  readonly idNumber?: string
  /** Of cash, so that none of it can go back the way it came. */
  readonly balanceFen?: number
}

let numbered = 0

async function newPatient(sandbox: Sandbox, { name, idNumber, balanceFen = 0 }: NewPatient) {
  numbered += 1
  const first17 = `330102${1950 + (numbered % 40)}0101${String(100 + (numbered % 900)).padStart(3, '0')}`
  const person = {
    name: name ?? `张${'甲乙丙丁戊己庚辛壬癸'[numbered % 10]}`,
    idNumber: idNumber ?? first17 + checkCharacter(first17),
  }
  const made = await sandbox.hospital().port.archives.create(
    {
      ...{
        ...person,
        idType: '01',
        gender: '男',
        birthday: '1960-01-01',
        nation: '汉族',
        phone: '13800000000',
      },
      ...{ address: undefined, guardian: undefined, verified: true },
    },
    newId('key'),
  )
  if (made.kind !== 'yes') throw new Error(`no archive: ${JSON.stringify(made)}`)
  const archive: Archive = made.value
  if (balanceFen > 0) sandbox.hospital().charge(archive.patid, { amount: fen(balanceFen), channel: 'cash' })
  return { ...person, patid: archive.patid, cardNumber: archive.visitCardNumber }
}

function operatorWith({ http }: App, cookie: string) {
  return {
    ask: async <T>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer<T>> => {
      const told = await http.inject({
        ...{
          method,
          url: `/api/v1/console${path.startsWith('/counter/') ? '' : '/refunds'}${path}`,
          headers: { cookie, origin: ORIGIN },
        },
        ...(body && { payload: body }),
      })
      const said = told.headers['content-type']?.toString().includes('json') ? told.json() : told.rawPayload
      return {
        status: told.statusCode,
        body: said as T,
        error: told.statusCode < 400 ? undefined : said.error,
      }
    },
  }
}
