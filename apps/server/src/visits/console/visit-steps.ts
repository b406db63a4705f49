import type { PaymentOrder } from '../../payments/index.ts'
import { actionName } from '../../platform/audit/audit-words.ts'
import { type AuditRow, listAudit } from '../../platform/audit/list/list-audit.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { OrderRow } from '../order-row.ts'
import type { VisitStep } from './visit-schemas.ts'

const MOST = 60
const TONES: Readonly<Record<string, VisitStep['tone']>> = {
  ...{ 'visits.booked': 'ok', 'visits.refunded': 'ok', 'visits.paid': 'ok', 'visits.cancelled': 'ok' },
  ...{ 'visits.refused': 'warn', 'visits.cancel-refused': 'warn', 'visits.refund-closed': 'warn' },
  ...{ 'visits.contradicted': 'bad', 'visits.refund-needs-person': 'bad', 'payments.mismatch': 'bad' },
  ...{ 'payments.contradiction': 'bad', 'visits.closed': 'plain', 'visits.looked': 'info' },
  'visits.problem-done': 'info',
}

/** What happened to an order, oldest first: as the audit has it, of the order and of its payment, and what only the rows say. */
export async function visitSteps(
  tx: Tx,
  row: OrderRow,
  payment: PaymentOrder | undefined,
): Promise<readonly VisitStep[]> {
  const told = [...(await audited(tx, row.id)), ...(payment ? await audited(tx, payment.id) : [])]
  const steps = told.map(stepOf)
  const own: VisitStep[] = [
    ...(payment
      ? [plain('opened', payment.createdAtMs, '打开微信付款', `商户订单号 ${payment.outTradeNo}`)]
      : []),
    ...(row.asked_at_ms === null ? [] : [plain('asked', row.asked_at_ms, '请 HIS 登记', null)]),
  ]
  return [...steps, ...own].sort((one, other) => one.atMs - other.atMs)
}

function audited(tx: Tx, subject: string): Promise<readonly AuditRow[]> {
  return listAudit(tx, { subject }, MOST)
}

function stepOf({ id, at_ms, actor, action, detail }: AuditRow): VisitStep {
  const { code, problem, reason, number, late } = detail
  const notes = [
    actor.startsWith('operator:') ? `操作员 ${actor.slice('operator:'.length)}` : undefined,
    ...[code, problem, reason, late].map((one) => (typeof one === 'string' ? one : undefined)),
    typeof number === 'string' ? `退款单号 ${number}` : undefined,
  ].filter((note) => note !== undefined)
  return {
    ...{ key: `audit-${id}`, atMs: at_ms, text: actionName(action).replace(/^挂号缴费：/, '') },
    ...{ note: notes.length > 0 ? notes.join('，') : null, tone: TONES[action] ?? null },
  }
}

function plain(key: string, atMs: number, text: string, note: string | null): VisitStep {
  return { key, atMs, text, note, tone: null }
}
