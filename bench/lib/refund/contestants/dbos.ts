import { DBOS } from '@dbos-inc/dbos-sdk'
import { type Fen, fen, newId, sensitive } from '@zhangyi/core'
import { Cipher } from '@zhangyi/server'
import { restoreRequest, type StoredRequest, storeRequest } from '@zhangyi/wechat-pay'
import pg from 'pg'
import { answerEach, setupOf } from '../../child.ts'
import {
  AMOUNT_FEN,
  APPID,
  CARD_NUMBER,
  inProcessHis,
  inProcessWechatPay,
  MCHID,
  PAYEE,
} from '../platforms.ts'
import { type ContestantSetup, type Question, timeInFlight } from './setup.ts'

/**
 * The same saga on DBOS Transact 5.3 as its documentation has it: a workflow of steps, started under the case's own id, and
 * a table of the application's own, without which no page could show a case. Chosen in its favour, each after a try:
 *
 * - started in this process and not over a queue, which costs an enqueueing, a dequeueing and a poll;
 * - plain steps whose own writes are idempotent, and not transactions of a data source, which store a second row for
 *   each step beside the checkpoint;
 * - the write of a step and its outside call in one step, and the exact bytes of the transfer in the output of the step
 *   before it, so that the intent stands without a step of its own;
 * - one statement for each write of its own, a prepared one, committed by itself;
 * - no journal, no audit, no row of an attempt, no caps, no state machine in the database, owner's connections that
 *   row-level security does not slow;
 * - no LISTEN (nobody waits for an event), no OpenTelemetry, errors only in the log; as many connections as we have, which are also its default.
 */
const { ownerUrl, dataKeyHex, inFlight, connections } = setupOf<ContestantSetup>()
const cipher = new Cipher(dataKeyHex)
const { deposits } = inProcessHis()
const wechatPay = inProcessWechatPay()
// Beside those of DBOS, as our queue has four of its own.
const pool = new pg.Pool({ connectionString: ownerUrl, max: 4 })

await pool.query(`
  CREATE TABLE IF NOT EXISTS saga_case (
    id text PRIMARY KEY, user_id text NOT NULL, appid text NOT NULL, openid text NOT NULL, patid text NOT NULL,
    person bytea NOT NULL, amount_fen bigint NOT NULL, state text NOT NULL, his_number text, out_bill_no text,
    package_info bytea, transfer_bill_no text, created_at_ms bigint NOT NULL, changed_at_ms bigint NOT NULL);
  CREATE INDEX IF NOT EXISTS saga_case_user ON saga_case (user_id, created_at_ms);
  CREATE UNIQUE INDEX IF NOT EXISTS saga_case_live ON saga_case (patid) WHERE state <> 'confirmed';
  CREATE TABLE IF NOT EXISTS saga_reservation (
    case_id text PRIMARY KEY, mchid text NOT NULL, amount_fen bigint NOT NULL, state text NOT NULL);`)

interface Application {
  readonly id: string
  readonly userId: string
  readonly openid: string
  readonly patid: string
  readonly amountFen: number
}

/** The case and its reservation, if they are not there yet. */
async function store({ id, userId, openid, patid, amountFen }: Application): Promise<void> {
  const person = cipher.seal(JSON.stringify({ name: PAYEE, card: CARD_NUMBER }), 'saga.person')
  await pool.query({
    name: 'store',
    text: `WITH stored AS (
        INSERT INTO saga_case (id, user_id, appid, openid, patid, person, amount_fen, state, created_at_ms, changed_at_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'holding', $8, $8) ON CONFLICT (id) DO NOTHING RETURNING id)
      INSERT INTO saga_reservation SELECT id, $9, $7, 'held' FROM stored`,
    values: [id, userId, APPID, openid, patid, person, amountFen, Date.now(), MCHID],
  })
}

interface Held {
  readonly holdId: string
  readonly outBillNo: string
  /** The exact bytes of the transfer, sealed. */
  readonly sealed: string
}

async function hold({ id, openid, patid, amountFen }: Application): Promise<Held> {
  const amount: Fen = fen(amountFen)
  const outcome = await deposits.hold({ patid, amount, depositId: undefined }, `${id}-h`)
  if (outcome.kind !== 'yes') throw new Error('not held')
  const outBillNo = `T${newId('n').slice(2, 30)}`
  const prepared = wechatPay.prepareTransfer({
    ...{ appid: APPID, outBillNo, openid, sceneId: '1011', perception: '退款', amountFen: amount },
    ...{ reportInfos: [{ type: '赔付原因', content: '门诊预交金退款' }], remark: '门诊预交金退款' },
    ...{ userName: sensitive(PAYEE), notifyUrl: 'http://127.0.0.1/notify' },
  })
  const sealed = cipher.seal(JSON.stringify(storeRequest(prepared)), 'saga.request').toString('base64')
  await pool.query({
    name: 'held',
    text: `UPDATE saga_case SET state = 'paying', his_number = $2, out_bill_no = $3, changed_at_ms = $4 WHERE id = $1`,
    values: [id, outcome.value.holdId, outBillNo, Date.now()],
  })
  return { holdId: outcome.value.holdId, outBillNo, sealed }
}

async function send({ id }: Application, { sealed }: Held): Promise<string> {
  const stored = JSON.parse(
    cipher.open(Buffer.from(sealed, 'base64'), 'saga.request').reveal(),
  ) as StoredRequest
  const sent = await wechatPay.sendTransfer(
    { ...restoreRequest(stored), endpoint: 'transfer-create' },
    { attempt: 1 },
  )
  if (sent.kind !== 'yes') throw new Error('not sent')
  const { state, packageInfo, transferBillNo } = sent.value
  await pool.query({
    name: 'sent',
    text: `UPDATE saga_case SET state = 'to-confirm', package_info = $2, transfer_bill_no = $3, changed_at_ms = $4
      WHERE id = $1`,
    values: [id, cipher.seal(packageInfo ?? sensitive(''), 'saga.package'), transferBillNo, Date.now()],
  })
  return state
}

async function query({ outBillNo }: Held): Promise<string> {
  const answer = await wechatPay.queryTransferByOutBillNo(outBillNo)
  return answer === 'not-found' ? answer : answer.state
}

async function confirm({ id, amountFen }: Application, { holdId, outBillNo }: Held): Promise<void> {
  const request = {
    holdId,
    amount: fen(amountFen),
    refundNumber: outBillNo,
    paidAt: new Date().toISOString(),
  }
  const outcome = await deposits.confirm(request, `${id}-c`)
  if (outcome.kind !== 'yes') throw new Error('not confirmed')
  await pool.query({
    name: 'confirmed',
    text: `WITH paid AS (UPDATE saga_case SET state = 'confirmed', changed_at_ms = $2 WHERE id = $1 RETURNING id)
      UPDATE saga_reservation SET state = 'spent' FROM paid WHERE case_id = paid.id`,
    values: [id, Date.now()],
  })
}

const saga = DBOS.registerWorkflow(
  async (application: Application): Promise<string> => {
    await DBOS.runStep(() => store(application), { name: 'store' })
    const held = await DBOS.runStep(() => hold(application), { name: 'hold' })
    await DBOS.runStep(() => send(application, held), { name: 'send' })
    let state = await DBOS.runStep(() => query(held), { name: 'query' })
    while (state !== 'SUCCESS') {
      await DBOS.sleep(1_000)
      state = await DBOS.runStep(() => query(held), { name: 'query' })
    }
    await DBOS.runStep(() => confirm(application, held), { name: 'confirm' })
    return state
  },
  { name: 'saga' },
)

DBOS.setConfig({
  ...{ name: 'bench-refund', systemDatabaseUrl: ownerUrl, applicationVersion: '1', executorID: 'bench' },
  ...{ systemDatabasePoolSize: connections, useListenNotify: false },
  ...{ logLevel: 'error', enableOTLP: false },
})
await DBOS.launch()

answerEach<Question>(async ({ cases }) => {
  const prefix = newId('saga')
  const seconds = await timeInFlight(cases, inFlight, async (turn) => {
    const user = `${prefix}${turn}`
    const application = {
      ...{
        id: newId('case'),
        userId: user,
        openid: `o-bench-${user}`,
        patid: `P${user}`,
        amountFen: AMOUNT_FEN,
      },
    }
    const handle = await DBOS.startWorkflow(saga, { workflowID: application.id })(application)
    if ((await handle.getResult()) !== 'SUCCESS') throw new Error('a saga of the bench did not end')
  })
  return { seconds }
})
process.on('disconnect', () => void DBOS.shutdown().then(() => process.exit(0)))
