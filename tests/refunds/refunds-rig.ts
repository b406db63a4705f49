import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkCharacter, fen, ManualClock, MINUTE_MS, newId, sensitive } from '@zhangyi/core'
import type { Archive } from '@zhangyi/his'
import {
  buildSandbox,
  inProcessFetch,
  ManualOffsetClock,
  MINI_PROGRAM,
  openidOf,
  type Sandbox,
  type WechatPayProof,
} from '@zhangyi/sandbox'
import { type App, buildApp, Checks, Cipher, loadSettings } from '@zhangyi/server'
import { onTestFinished } from 'vitest'
import { demoHospital } from '../../apps/cli/src/start/demo-hospital.ts'
import { acceptConsent } from '../../apps/server/src/patients/consent.ts'
import { linkPatient } from '../../apps/server/src/patients/link-patient.ts'
import { importRecharges } from '../../apps/server/src/payments/index.ts'
import { signInAs } from '../../apps/server/src/platform/operators/test-support/sign-in-as.ts'
import { findSession } from '../../apps/server/src/platform/sessions/find-session.ts'
import { openSession } from '../../apps/server/src/platform/sessions/open-session.ts'
import type {
  Archives,
  CaseView,
  Entries,
  FaceResult,
  OriginalOrders,
  Receiving,
} from '../../apps/server/src/refunds/refund-views.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'

// A Monday morning.
const MORNING = '2026-11-23T09:00:00+08:00'
const SANDBOX_PORT = 40_000
const ORIGIN = `http://127.0.0.1:${SANDBOX_PORT + 15}`
export const CIPHER_KEY = 'ab'.repeat(32)

export interface Answer<T> {
  readonly status: number
  readonly body: T
  /** Of a refusal what says why. */
  readonly error: { readonly code: string; readonly message: string } | undefined
}

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

async function act<T>(sandbox: Sandbox, platform: string, name: string, input: object): Promise<T> {
  const action = sandbox.simulators[platform]?.actions[name]
  if (!action) throw new Error(`no action ${name} of ${platform}`)
  return (await action(input as Record<string, unknown>)) as T
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

interface SignIn {
  readonly made: Awaited<ReturnType<typeof createTestDatabase>>
  readonly clock: ManualOffsetClock
  readonly cipher: Cipher
  readonly id: Parameters<Awaited<ReturnType<typeof createTestDatabase>>['database']['inTransaction']>[0]
  readonly sandbox: Sandbox
}

async function signIn({ made, clock, cipher, id, sandbox }: SignIn, app: () => App, person: string) {
  const nowMs = clock.nowMs()
  const { appid } = MINI_PROGRAM
  const openid = openidOf(appid, { id: person, nickname: person })
  const { token } = await made.database.inTransaction(id, (tx) =>
    openSession(tx, {
      identity: { appid, openid, unionid: undefined },
      channel: 'mini-program',
      nowMs,
      hours: 2_000,
    }),
  )
  const { userId } = (await findSession(made.database, token, nowMs)) ?? {}
  if (userId === undefined) throw new Error('no session')
  await made.database.inTransaction(id, (tx) => acceptConsent(tx, userId, nowMs))
  const ask = async <T>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Answer<T>> => {
    const answer = await app().http.inject({
      ...{ method, url: `/api/v1/refunds${path}`, headers: { authorization: `Bearer ${token}` } },
      ...(body && { payload: body }),
    })
    const told = answer.json()
    return {
      status: answer.statusCode,
      body: told as T,
      error: answer.statusCode < 400 ? undefined : told.error,
    }
  }
  const legPath = ({ id: caseId, legs }: CaseView, index = 0) => `/${caseId}/legs/${legs[index]?.id}`
  const startCheck = (who: { name: string; idNumber: string }) =>
    ask<{ id: string; verifyId: string }>('POST', '/face/checks', { name: who.name, idNumber: who.idNumber })
  const user = {
    ...{ userId, openid, person, ask, startCheck },
    entries: () => ask<Entries>('GET', '/entries'),
    originalOrders: (patientId: string) =>
      ask<OriginalOrders>('GET', `/original/orders?patientId=${patientId}`),
    applyOriginal: (
      patientId: string,
      orders: readonly { orderId: string; amountFen: number }[],
      requestKey = newId('key'),
    ) => ask<CaseView>('POST', '/original', { patientId, orders, requestKey }),
    /** Types name and number and looks into the camera. */
    faceCheck: async (who: { name: string; idNumber: string }, verifyRet = 10000) => {
      const started = await startCheck(who)
      if (started.status !== 200) throw new Error(`no face check: ${JSON.stringify(started.body)}`)
      await act(sandbox, 'weixin', 'decide-face', { verifyId: started.body.verifyId, verifyRet })
      const result = await ask<FaceResult>('POST', `/face/checks/${started.body.id}/result`)
      return { checkId: started.body.id, result }
    },
    archives: (checkId: string) => ask<Archives>('GET', `/face/checks/${checkId}/archives`),
    applyFace: (
      checkId: string,
      archiveKey: string,
      requestKey = newId('key'),
      amountFen: number | null = null,
    ) => ask<CaseView>('POST', '/face', { checkId, archiveKey, amountFen, requestKey }),
    /** Face check and application, as one who does everything right. */
    refundByFace: async (who: { name: string; idNumber: string }): Promise<Answer<CaseView>> => {
      const { checkId, result } = await user.faceCheck(who)
      const [archive] = result.body.archives?.archives ?? []
      if (!archive) throw new Error(`no archive: ${JSON.stringify(result.body)}`)
      return user.applyFace(checkId, archive.key)
    },
    case: async (caseId: string) => (await ask<CaseView>('GET', `/${caseId}`)).body,
    cases: () => ask<{ cases: CaseView[]; more: boolean }>('GET', ''),
    retry: (caseId: string) => ask<CaseView>('POST', `/${caseId}/retry`),
    receive: (one: CaseView, index = 0) => ask<Receiving>('POST', `${legPath(one, index)}/receive`),
    received: (one: CaseView, index = 0) => ask<CaseView>('POST', `${legPath(one, index)}/received`),
    withdraw: (one: CaseView, index = 0) => ask<CaseView>('POST', `${legPath(one, index)}/withdraw`),
    /** 接收退款, 确认收款 at WeChat, and back. */
    confirm: async (one: CaseView, index = 0): Promise<Answer<CaseView>> => {
      const opened = await user.receive(one, index)
      if (opened.status !== 200) throw new Error(`not to be received: ${JSON.stringify(opened.body)}`)
      const transfers = await act<{ outBillNo: string; packageInfo?: string }[]>(
        sandbox,
        'wechat-pay',
        'transfers',
        {
          limit: 1_000,
        },
      )
      const transfer = transfers.find(({ packageInfo }) => packageInfo === opened.body.package)
      if (!transfer) throw new Error('WeChat does not know this package')
      await act(sandbox, 'wechat-pay', 'confirm-transfer', { outBillNo: transfer.outBillNo })
      clock.advance(2_000)
      return user.received(one, index)
    },
    /** One of the hospital's people, as this user's patient. */
    link: async ({
      name,
      idNumber,
      patid,
    }: {
      name: string
      idNumber: string
      patid: string
    }): Promise<string> => {
      const row = await made.database.inTransaction(id, (tx) =>
        linkPatient(tx, cipher, {
          userId,
          person: {
            ...{ name: sensitive(name), idType: '01', idNumber: sensitive(idNumber), gender: '男' },
            ...{ birthday: sensitive('1960-01-01'), phone: undefined },
          },
          ...{ relation: '本人', verified: true, patid, visitCard: undefined },
          card: { healthCardId: `H${patid}`, qrCodeText: sensitive(`${patid}:1`) },
          ...{ offerCardLater: false, maxPatients: 5, nowMs },
        }),
      )
      return row.id
    },
  }
  return user
}

function operatorWith({ http }: App, cookie: string) {
  return {
    /** A page as the browser gets it. */
    page: async (path: string) => {
      const { statusCode, body } = await http.inject({ url: path, headers: { cookie } })
      return { status: statusCode, body }
    },
    /** A form of a page, and where it led. */
    send: async (path: string, fields: Readonly<Record<string, string>>, origin = ORIGIN) => {
      const sent = await http.inject({
        ...{ method: 'POST', url: path },
        headers: {
          ...{ cookie, origin, 'content-type': 'application/x-www-form-urlencoded' },
        },
        payload: new URLSearchParams(fields).toString(),
      })
      return { status: sent.statusCode, body: sent.body, to: String(sent.headers.location ?? '') }
    },
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
