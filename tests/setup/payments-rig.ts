import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Fen, fen, hospitalId, ManualClock, MINUTE_MS, newId } from '@zhangyi/core'
import type { HisPort } from '@zhangyi/his'
import {
  freePortBase,
  ManualOffsetClock,
  MINI_PROGRAM,
  startSandbox,
  type WechatPayProof,
} from '@zhangyi/sandbox'
import { onTestFinished } from 'vitest'
import { demoHospital } from '../../apps/cli/src/start/demo-hospital.ts'
import {
  closePayment,
  createPaymentOrder,
  findPayment,
  findRefunds,
  openPayment,
  orderRefund,
  type PaymentOrder,
  type PaymentsRoom,
  paymentsWork,
  type Refund,
  receiptsWork,
  registerPaymentRoutes,
  settlePayment,
} from '../../apps/server/src/payments/index.ts'
import { findMerchant } from '../../apps/server/src/payments/merchant.ts'
import { Checks } from '../../apps/server/src/platform/checks/checks.ts'
import { buildClients } from '../../apps/server/src/platform/clients/build-clients.ts'
import { Cipher } from '../../apps/server/src/platform/crypto/cipher.ts'
import type { Tx } from '../../apps/server/src/platform/database/tx.ts'
import { buildHttp } from '../../apps/server/src/platform/http/build-http.ts'
import type { Platform } from '../../apps/server/src/platform/platform.ts'
import { loadSettings } from '../../apps/server/src/platform/settings/settings.ts'
import { createTestDatabase } from './test-database.ts'

const HOSPITAL = hospitalId('demo')

/** What the rooms that ask were told, in order. */
export type Told = readonly [event: 'paid' | 'closed' | 'refund' | 'transfer', id: string, state: string]

/** A real database, the simulator of WeChat Pay with its callbacks, and the operations called directly. */
export async function startPaymentsRig(start = '2026-11-23T09:00:00+08:00') {
  const made = await createTestDatabase()
  const clock = new ManualOffsetClock(new ManualClock(start))
  const port = await freePortBase()
  const sandbox = await startSandbox({ port, clock })
  const simulator = sandbox.simulators['wechat-pay']
  if (!simulator) throw new Error('no wechat-pay simulator')
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-payments-'))
  const told: Told[] = []
  const errors: string[] = []
  const log = {
    info: () => {},
    warn: () => {},
    error: (_: object, message: string) => void errors.push(message),
  }
  const platform: Platform = {
    settings: loadSettings({ ZHANGYI_DATA_DIR: dataDir }),
    hospitals: demoHospital(sandbox, dataDir),
    ...{
      clock,
      log,
      fetch,
      database: made.database,
      cipher: new Cipher('7'.repeat(64)),
      checks: new Checks(),
    },
    publicOrigin: `http://127.0.0.1:${port + 9}`,
  }
  const room: PaymentsRoom = {
    ...platform,
    clients: buildClients(platform, () => ({}) as HisPort),
    jobs: { wake: async () => {} },
    events: {
      paid: async (_tx, { id, state }) => void told.push(['paid', id, state]),
      closed: async (_tx, { id, state }) => void told.push(['closed', id, state]),
      transferChanged: async (_tx, { id, state }) => void told.push(['transfer', id, state]),
      refundSettled: async (_tx, _order, { id, state }) => void told.push(['refund', id, state]),
    },
  }
  const http = await buildHttp({ logLevel: 'silent' })
  registerPaymentRoutes(http, room)
  await http.listen({ host: '127.0.0.1', port: port + 9 })
  const userId = newId('user')
  await made.asOwner(`INSERT INTO app_user VALUES ('${HOSPITAL}', '${userId}', 0)`)

  const inTx = <T>(fn: (tx: Tx) => Promise<T> | T) => made.database.inTransaction(HOSPITAL, fn)
  const act = async <T>(name: string, input: object = {}) =>
    (await simulator.actions[name]?.(input as Record<string, unknown>)) as T
  const works = [paymentsWork(room), receiptsWork(room)]
  const merchant = findMerchant(room, HOSPITAL)
  if (!merchant) throw new Error('no merchant')
  const run = async () => {
    for (const work of works) await work.runDue(clock, 1_000)
  }

  return {
    ...{ room, clock, http, told, errors, simulator, act, run, inTx, hospitalId: HOSPITAL, userId },
    ...{ asOwner: made.asOwner, database: made.database, client: merchant.client },
    /** What was told of an order or of a refund. */
    toldOf: ({ id }: { readonly id: string }) =>
      told.filter((one) => one[1] === id).map(([what, , state]) => `${what} ${state}`),
    notifyUrl: `${platform.publicOrigin}/api/v1/payments/notify/demo`,
    /** A payer of one's own, so that what one test does to a person reaches no other. */
    newOrder: (amountFen: number = 5_000, minutes = 15, person = `p${randomBytes(5).toString('hex')}`) =>
      inTx((tx) =>
        createPaymentOrder(tx, room, {
          ...{ purpose: 'visits', subject: newId('visit'), userId, channel: 'mini-program' },
          ...{ appid: MINI_PROGRAM.appid, openid: `o-${MINI_PROGRAM.appid.slice(-4)}-${person}` },
          ...{ description: '门诊挂号费', amountFen: fen(amountFen) },
          expiresAtMs: clock.nowMs() + minutes * MINUTE_MS,
        }),
      ),
    open: ({ id }: PaymentOrder) => openPayment(room, HOSPITAL, id),
    settle: ({ id }: PaymentOrder) => settlePayment(room, HOSPITAL, id),
    close: ({ id }: PaymentOrder) => inTx((tx) => closePayment(tx, room, id)),
    find: async ({ id }: PaymentOrder) => {
      const found = await inTx((tx) => findPayment(tx, id))
      if (!found) throw new Error('no such order')
      return found
    },
    refund: ({ id }: PaymentOrder, amountFen: number, requestKey = newId('key')) =>
      inTx((tx) =>
        orderRefund(tx, room, {
          ...{ paymentOrderId: id, amountFen: fen(amountFen), reason: '退号退费', requestKey },
        }),
      ),
    refundOf: async ({ id, paymentOrderId }: Refund) => {
      const found = (await inTx((tx) => findRefunds(tx, paymentOrderId))).find((one) => one.id === id)
      if (!found) throw new Error('no such refund')
      return found
    },
    /** The patient pays at the cashier. */
    pay: ({ outTradeNo }: PaymentOrder) => act<{ state: string }>('pay-order', { outTradeNo }),
    /** All callbacks that are due, one after the other; each was answered when this returns. */
    deliver: () => act('deliver-due'),
    /** Time passes with the resolver looking, as far as `untilMs` from now. */
    pass: async (untilMs: number, stepMs = MINUTE_MS) => {
      for (let passed = 0; passed < untilMs; passed += stepMs) {
        clock.advance(stepMs)
        await run()
      }
    },
    fault: (kind: string, operation?: string, times = 1, more: object = {}) =>
      void simulator.faults.order({ kind, operation, times, ...more }),
    calls: (operation: string) => simulator.calls.filter((call) => call.operation === operation),
    prove: () => act<WechatPayProof>('prove'),
    audits: (action: string) =>
      made.asOwner<{ subject: string; detail: Record<string, unknown> }>(
        `SELECT subject, detail FROM audit_entry WHERE action = '${action}' ORDER BY id`,
      ),
    attempts: (order: { readonly id: string }) =>
      made.asOwner<{
        number: string
        sendings: number
        state: string
        queried_state: string
        replaces: string
      }>(`SELECT * FROM payment_attempt WHERE payment_order_id = '${order.id}' ORDER BY created_at_ms, id`),
    /** The sum of every account over all that this database holds. */
    balances: async (): Promise<Readonly<Record<string, Fen>>> => {
      const rows = await made.asOwner<{ account: string; sum: string }>(
        'SELECT account, sum(amount_fen) AS sum FROM journal_entry GROUP BY account',
      )
      return Object.fromEntries(rows.map(({ account, sum }) => [account, fen(Number(sum))]))
    },
    stop: async () => {
      await http.close()
      await sandbox.stop()
      await made.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
export type PaymentsRig = Awaited<ReturnType<typeof startPaymentsRig>>

/** A rig of this test's own. */
export async function ownPaymentsRig(start?: string): Promise<PaymentsRig> {
  const rig = await startPaymentsRig(start)
  onTestFinished(() => rig.stop())
  return rig
}
