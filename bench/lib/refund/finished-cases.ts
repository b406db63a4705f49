import { fen, sensitive } from '@zhangyi/core'
import { Cipher } from '@zhangyi/server'
import { storeRequest } from '@zhangyi/wechat-pay'
import pg from 'pg'
import { PAYEE_CONTEXT } from '../../../apps/server/src/payments/transfers/prepare-transfer.ts'
import { sealCasePerson } from '../../../apps/server/src/refunds/cases/case-person.ts'
import type { ContestantSetup } from './contestants/setup.ts'
import { AMOUNT_FEN, APPID, CARD_NUMBER, inProcessWechatPay, MCHID, PAYEE } from './platforms.ts'

const AT_ONCE = 100_000
/** Spread evenly over so many days, the last of which ended the day before yesterday. */
const DAYS = 300
const DAY_MS = 86_400_000

/** What the tables hold of a case that was paid and confirmed, n being its number. */
const ROWS: readonly string[] = [
  `INSERT INTO app_user SELECT 'bench', 'user_old' || n, at`,
  `INSERT INTO refund_case SELECT 'bench', 'case_old' || n, 'face', 'user_old' || n, $2, 'o-old-' || n, 'mini-program',
    'P_old' || n, $5, decode(md5(n::text) || md5(n::text), 'hex'), 'key_old' || n, $4, $4, at + 86400000, 'closed', at, at + 60000`,
  `INSERT INTO refund_leg (hospital_id, id, case_id, place, route, amount_fen, his_mode, state, round, his_number, payout_id,
      payout_number, paid_at_ms, reminded, steps, tries, created_at_ms, counted_at_ms, changed_at_ms)
    SELECT 'bench', 'leg_old' || n, 'case_old' || n, 1, 'transfer', $4, 'hold', 'paid', 1, 'hold_old' || n, 'trf_old' || n,
      'Told' || n, at + 50000, 0, 4, 0, at, at, at + 60000`,
  `INSERT INTO refund_step (hospital_id, leg_id, step, at_ms, happening, state)
    SELECT 'bench', 'leg_old' || n, step, at + step * 10000, (ARRAY['applied', 'held', 'paid', 'confirmed'])[step],
      (ARRAY['holding', 'paying', 'confirming', 'paid'])[step]`,
  `INSERT INTO transfer_order (hospital_id, id, purpose, subject, case_id, user_id, appid, openid, payee, amount_fen, mchid,
      out_bill_no, state, wechat_state, transfer_bill_no, created_at_ms, sent_at_ms, done_at_ms, looks)
    SELECT 'bench', 'trf_old' || n, 'deposits', 'leg_old' || n, 'case_old' || n, 'user_old' || n, $2, 'o-old-' || n, $6, $4, $3,
      'Told' || n, 'done', 'SUCCESS', '1330' || n, at, at, at + 50000, 0`,
  `INSERT INTO payment_attempt (hospital_id, id, endpoint, mchid, number, request, sendings, state, last_class, request_id,
      queried_state, transfer_id, created_at_ms, sent_at_ms)
    SELECT 'bench', 'att_old' || n, 'transfer-create', $3, 'Told' || n, $7, 1, 'yes', 'ok', 'request', 'SUCCESS',
      'trf_old' || n, at, at`,
  `INSERT INTO fund_reservation SELECT 'bench', 'deposits', 'leg_old' || n, $3, $4, at, at + 1000, 'spent', at + 50000`,
  `INSERT INTO journal_entry (hospital_id, posting, line, case_id, account, amount_fen, at_ms)
    SELECT 'bench', CASE WHEN step <= 2 THEN 'held:leg_old' || n || ':1' ELSE 'transfer-done:trf_old' || n END,
      (step + 1) % 2 + 1, 'case_old' || n,
      (ARRAY['deposit', 'deposit-in-transit', 'deposit-in-transit', 'deposit-paid'])[step],
      (ARRAY[-1, 1, -1, 1])[step] * $4::bigint, at`,
  `INSERT INTO audit_entry (hospital_id, at_ms, actor, action, subject, trace_id)
    SELECT 'bench', at, 'system:payments', (ARRAY['deposits.transfer-ordered', 'deposits.transfer-paid'])[step],
      'trf_old' || n, 'ZY-0000-0000'`,
  `INSERT INTO balance_refund (hospital_id, leg_id, patid, amount_fen, way, at_ms)
    SELECT 'bench', 'leg_old' || n, 'P_old' || n, $4, 'transfer', at`,
]

/** Tables of which a case has several rows, and how many. */
const SEVERAL: Readonly<Record<string, number>> = { refund_step: 4, journal_entry: 4, audit_entry: 2 }

/** So many finished cases at once, by the owner, with what the queries meet: rows as long as real ones, and statistics. */
export async function storeFinishedCases(
  { ownerUrl, dataKeyHex }: Pick<ContestantSetup, 'ownerUrl' | 'dataKeyHex'>,
  count: number,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('SET synchronous_commit = off')
    // Foreign keys and the balance of postings are right by the making.
    await client.query('SET session_replication_role = replica')
    const sealed = seal(new Cipher(dataKeyHex))
    const firstMs = Date.now() - (DAYS + 2) * DAY_MS
    for (let done = 0; done < count; done += AT_ONCE) {
      const of = [done + 1, Math.min(count, done + AT_ONCE)]
      for (const insert of ROWS) await client.query(...statement(insert, of, count, firstMs, sealed))
    }
    for (const insert of ROWS) await client.query(`VACUUM ANALYZE ${tableOf(insert)}`)
    await client.query('CHECKPOINT')
  } finally {
    await client.end()
  }
}

const tableOf = (insert: string) => insert.split(' ')[2] ?? ''

/** The numbered parameters are only those that a statement names: PostgreSQL asks for the type of each. */
function statement(
  insert: string,
  [from = 0, to = 0]: readonly number[],
  count: number,
  firstMs: number,
  { person, payee, request }: ReturnType<typeof seal>,
): [string, unknown[]] {
  const steps = SEVERAL[tableOf(insert)] ?? 1
  const named = [undefined, undefined, APPID, MCHID, AMOUNT_FEN, person, payee, request]
  const values: unknown[] = []
  const text = insert.replaceAll(/\$(\d)/g, (_, place: string) => {
    values.push(named[Number(place)])
    return `$${values.length}`
  })
  const days = `${firstMs}::bigint + (n * ${DAYS * DAY_MS}::bigint / ${count})`
  const numbers = `generate_series(${from}, ${to}) AS n, LATERAL (SELECT ${days} AS at) AS time`
  return [`${text} FROM ${numbers}, generate_series(1, ${steps}) AS step`, values]
}

function seal(cipher: Cipher) {
  const openid = `o-bench-${'0'.repeat(20)}`
  const prepared = inProcessWechatPay().prepareTransfer({
    ...{
      appid: APPID,
      outBillNo: 'T20261128aaaaaaaaaaaaaaaaaaaa',
      openid,
      sceneId: '1011',
      perception: '退款',
    },
    ...{ amountFen: fen(AMOUNT_FEN), reportInfos: [{ type: '赔付原因', content: '门诊预交金退款' }] },
    ...{ remark: '门诊预交金退款', userName: sensitive(PAYEE), notifyUrl: 'http://127.0.0.1/notify' },
  })
  return {
    person: sealCasePerson(cipher, { name: sensitive(PAYEE), cardNumber: sensitive(CARD_NUMBER) }),
    payee: cipher.seal(PAYEE, PAYEE_CONTEXT),
    request: cipher.seal(JSON.stringify(storeRequest(prepared)), 'payment_attempt.request'),
  }
}
