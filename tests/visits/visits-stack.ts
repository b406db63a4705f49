import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MINUTE_MS, sensitive } from '@zhangyi/core'
import type { SimulatedHospital, Slot } from '@zhangyi/his'
import { freePortBase, MINI_PROGRAM, openidOf, type RunningSandbox, startSandbox } from '@zhangyi/sandbox'
import { type App, buildApp, Checks, Cipher, type Hospital, loadSettings } from '@zhangyi/server'
import pg from 'pg'
import { expect } from 'vitest'
import { demoHospital } from '../../apps/cli/src/start/demo-hospital.ts'
import { acceptConsent } from '../../apps/server/src/patients/consent.ts'
import { linkPatient } from '../../apps/server/src/patients/link-patient.ts'
import { findSession } from '../../apps/server/src/platform/sessions/find-session.ts'
import { openSession } from '../../apps/server/src/platform/sessions/open-session.ts'
import type { VisitOrder } from '../../apps/server/src/visits/visit-views.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'

// A Monday morning: the clinics are open, the afternoon is to come.
export const MORNING = Date.parse('2026-11-23T07:30:00+08:00')
export const TODAY = '2026-11-23'
export const TOMORROW = '2026-11-24'

export interface Answer<T> {
  readonly status: number
  readonly body: T
}

/**
 * Server, HIS over REST and WeChat Pay with all their wires; only the job queue is not running: a test calls the work
 * of the rooms itself, with the sandbox's clock.
 */
export async function openVisits(options: { readonly hospital?: Parameters<typeof demoHospital>[2] } = {}) {
  const at = await createTestDatabase()
  const eyes = new pg.Client({ connectionString: at.ownerUrl })
  await eyes.connect()
  /** A look past row-level security at what was stored. */
  const look = async <Row extends object>(statement: string): Promise<Row[]> =>
    (await eyes.query<Row>(statement)).rows
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-visits-'))
  const port = await freePortBase()
  const sandbox = await startSandbox({ port })
  sandbox.clock.set(MORNING)
  const hospitals = demoHospital(sandbox, dataDir, options.hospital)
  const hospital = hospitals.all[0]
  if (!hospital) throw new Error('no hospital')
  const logLines: string[] = []
  const cipher = new Cipher('ab'.repeat(32))
  const origin = `http://127.0.0.1:${port + 9}`
  const app = await buildApp(
    {
      ...{ settings: loadSettings({}), clock: sandbox.clock, database: at.database, hospitals, cipher },
      ...{ checks: new Checks(), publicOrigin: origin, fetch, jobs: { wake: async () => {} } },
    },
    {
      logLevel: 'info',
      maxRequestsPerMinute: 1_000_000,
      logStream: { write: (line) => void logLines.push(line) },
    },
  )
  await app.http.listen({ host: '127.0.0.1', port: port + 9 })
  const his = sandbox.hospital()
  const act = async <T>(name: string, input: object = {}) =>
    (await sandbox.simulators['wechat-pay']?.actions[name]?.(input as Record<string, unknown>)) as T
  const opened = { at, look, sandbox, app, his, hospital, logLines, act, clock: sandbox.clock }
  return {
    ...opened,
    /** The work of visits and payments that is due now, until nothing more is. */
    runDue: () => runDue(app, sandbox),
    /** Time passes, and what is due is done. */
    later: async (ms: number) => {
      sandbox.clock.advance(ms)
      await runDue(app, sandbox)
    },
    /** Looks again and again, with time passing, until the order is there. */
    until: async (orderId: string, state: string) => {
      for (let round = 0; round < 40; round++) {
        if ((await stateOf(look, orderId)) === state) return
        sandbox.clock.advance(2 * MINUTE_MS)
        await runDue(app, sandbox)
      }
      expect(await stateOf(look, orderId)).toBe(state)
    },
    signIn: (person: string) => signIn(opened, cipher, person),
    freeSlots: (departmentId: string, day: string) => freeSlots(his, departmentId, day),
    /** Of one order: how the sandbox's merchant sees it, newest refund included. */
    paymentsOf: async (orderId: string) =>
      look<{ out_trade_no: string; state: string; amount_fen: string }>(
        `SELECT out_trade_no, state, amount_fen FROM payment_order WHERE subject = '${orderId}'`,
      ),
    refundsOf: async (orderId: string) =>
      look<{ state: string; amount_fen: string }>(
        `SELECT r.state, r.amount_fen FROM refund_order r JOIN payment_order p
           ON p.hospital_id = r.hospital_id AND p.id = r.payment_order_id WHERE p.subject = '${orderId}'`,
      ),
    stateOf: async (orderId: string) =>
      (await look<{ state: string }>(`SELECT state FROM visit_order WHERE id = '${orderId}'`))[0]?.state,
    /** How often a scene was counted as a use of a patient's card. */
    usesOf: async (patientId: string, scene: string) =>
      (await look(`SELECT FROM usage_event WHERE patient_id = '${patientId}' AND scene = '${scene}'`)).length,
    clearFaults: () => {
      for (const simulator of Object.values(sandbox.simulators)) simulator.faults.clear()
      his.faults.clear()
    },
    close: async () => {
      await app.http.close()
      await sandbox.stop()
      await eyes.end()
      await at.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
export type VisitsStack = Awaited<ReturnType<typeof openVisits>>

async function runDue({ work }: App, { clock }: RunningSandbox): Promise<void> {
  const ours = work.filter(({ name }) => name.startsWith('visits.') || name.startsWith('payments.'))
  // What one does may be work for the other.
  for (let round = 0; round < 10; round++) {
    let done = 0
    for (const one of ours) done += await one.runDue(clock, 100)
    if (done === 0) return
  }
}

interface Opened {
  readonly at: TestDatabase
  readonly app: App
  readonly his: SimulatedHospital
  readonly hospital: Hospital
  readonly clock: RunningSandbox['clock']
}

async function signIn({ at, app, his, hospital, clock }: Opened, cipher: Cipher, person: string) {
  const nowMs = clock.nowMs()
  const { appid } = MINI_PROGRAM
  const identity = { appid, openid: openidOf(appid, { id: person, nickname: person }), unionid: undefined }
  const { token } = await at.database.inTransaction(hospital.id, (tx) =>
    openSession(tx, { identity, channel: 'mini-program', nowMs, hours: 2_000 }),
  )
  const { userId } = (await findSession(at.database, token, nowMs)) ?? {}
  if (userId === undefined) throw new Error('no session')
  await at.database.inTransaction(hospital.id, (tx) => acceptConsent(tx, userId, nowMs))
  const ask = async <T>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Answer<T>> => {
    const answer = await app.http.inject({
      ...{ method, url: `/api/v1/visits${path}`, headers: { authorization: `Bearer ${token}` } },
      ...(body && { payload: body }),
    })
    const told = answer.json()
    // Of a refusal what says why.
    return { status: answer.statusCode, body: (answer.statusCode === 200 ? told : told.error) as T }
  }
  const user = {
    ...{ userId, ask },
    /** One of the hospital's people, as this user's patient. */
    link: async (patid: string): Promise<string> => {
      const archive = his.archives.find((one) => one.patid === patid)
      if (!archive) throw new Error(`no archive ${patid}`)
      const { name, idType, idNumber } = archive
      const row = await at.database.inTransaction(hospital.id, (tx) =>
        linkPatient(tx, cipher, {
          userId,
          person: {
            ...{ name: sensitive(name), idType, idNumber: sensitive(idNumber), gender: '男' },
            ...{ birthday: sensitive('1990-01-01'), phone: undefined },
          },
          ...{ relation: '本人', verified: true, patid, visitCard: undefined },
          card: { healthCardId: `H${patid}`, qrCodeText: sensitive(`${patid}:1`) },
          ...{ offerCardLater: false, maxPatients: 5, nowMs },
        }),
      )
      return row.id
    },
    register: (patientId: string, { slotId, departmentId, day }: Slot) =>
      ask<VisitOrder>('POST', '/registrations', { patientId, slotId, departmentId, day }),
    payBills: (patientId: string, ...billIds: readonly string[]) =>
      ask<VisitOrder>('POST', '/fee-orders', { patientId, billIds }),
    order: async (id: string) => (await ask<VisitOrder>('GET', `/orders/${id}`)).body,
    openPayment: (id: string) =>
      ask<{ payment: object | null; code?: string }>('POST', `/orders/${id}/payment`),
    paid: (id: string) => ask<VisitOrder>('POST', `/orders/${id}/paid`),
    giveUp: (id: string) => ask<VisitOrder>('DELETE', `/orders/${id}`),
    cancel: (id: string) => ask<VisitOrder>('POST', `/orders/${id}/cancel`),
  }
  return user
}
export type User = Awaited<ReturnType<typeof signIn>>

async function stateOf(look: TestDatabase['asOwner'], orderId: string): Promise<string | undefined> {
  return (await look<{ state: string }>(`SELECT state FROM visit_order WHERE id = '${orderId}'`))[0]?.state
}

async function freeSlots(
  his: SimulatedHospital,
  departmentId: string,
  day: string,
): Promise<readonly Slot[]> {
  const slots = await his.port.schedules?.slots({ departmentId, doctorId: undefined, from: day, to: day })
  return (slots ?? []).filter(({ remaining }) => remaining > 0)
}

/** Pays at the cashier, as the person at the phone does. */
export async function pay(stack: VisitsStack, user: User, orderId: string): Promise<void> {
  const opened = await user.openPayment(orderId)
  if (opened.status !== 200) throw new Error(`no payment: ${JSON.stringify(opened.body)}`)
  const [payment] = await stack.paymentsOf(orderId)
  await stack.act('pay-order', { outTradeNo: payment?.out_trade_no })
}
