import type { Appointment, FeePosting } from '@zhangyi/his'
import {
  findPayment,
  findPaymentsOf,
  findRefunds,
  type PaymentOrder,
  type Refund,
} from '../../payments/index.ts'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { type OrderContent, type OrderRow, openAnswer, openContent } from '../order-row.ts'
import type { Trouble } from './find-troubles.ts'
import { isToLookAt } from './look-again.ts'
import { TROUBLE_TEXTS } from './trouble-texts.ts'
import type { Visit, VisitDetail } from './visit-schemas.ts'
import { visitSteps } from './visit-steps.ts'

/** Orders as a list shows them. */
export async function viewVisits(
  tx: Tx,
  cipher: Cipher,
  rows: readonly OrderRow[],
  troubles: ReadonlyMap<string, Trouble>,
): Promise<Visit[]> {
  const payments = await findPaymentsOf(
    tx,
    rows.flatMap(({ payment_order_id }) => payment_order_id ?? []),
  )
  return rows.map((row) =>
    viewVisit(row, openOrNot(cipher, row), payments.get(row.payment_order_id ?? ''), troubles.get(row.id)),
  )
}

/** One order with all that is known of it, less what somebody is treated with. */
export async function viewVisitDetail(
  tx: Tx,
  cipher: Cipher,
  row: OrderRow,
  trouble: Trouble | undefined,
  nowMs: number,
): Promise<VisitDetail> {
  const content = openOrNot(cipher, row)
  const payment = row.payment_order_id === null ? undefined : await findPayment(tx, row.payment_order_id)
  const refunds = payment ? await findRefunds(tx, payment.id) : []
  return {
    ...viewVisit(row, content, payment, trouble),
    todo: trouble === undefined ? null : TROUBLE_TEXTS[trouble],
    ...{
      channel: row.channel,
      departmentName: content?.department.name ?? '',
      expiresAtMs: row.expires_at_ms,
    },
    ...visitOf(cipher, row, content),
    ...{ lastProblem: row.last_problem, nextActionAtMs: row.next_action_at_ms },
    payment: payment ? viewPayment(payment) : null,
    refunds: refunds.map(viewRefund),
    steps: [...(await visitSteps(tx, row, payment))],
    canLook: isToLookAt(row, payment, refunds, nowMs),
  }
}

function viewVisit(
  row: OrderRow,
  content: OrderContent | undefined,
  payment: PaymentOrder | undefined,
  trouble: Trouble | undefined,
): Visit {
  return {
    ...{ id: row.id, kind: row.kind, state: row.state, trouble: trouble ?? null },
    ...{ patientName: content?.patientName ?? '—', title: content?.title ?? '内容打不开（换过主密钥）' },
    ...{ feeFen: row.fee_fen, createdAtMs: row.created_at_ms, changedAtMs: row.changed_at_ms },
    ...{ hisNumber: row.his_number, outTradeNo: payment?.outTradeNo ?? null },
    transactionId: payment?.transactionId ?? null,
  }
}

function visitOf(
  cipher: Cipher,
  row: OrderRow,
  content: OrderContent | undefined,
): Pick<VisitDetail, 'visit' | 'bills'> {
  const { visit, bills } = content ?? {}
  return {
    visit: visit
      ? {
          ...{ doctorName: visit.doctorName ?? null, day: visit.day, period: visit.period },
          startsAt: visit.startsAt ?? null,
          queueNumber: openAnswer<Appointment>(cipher, row)?.queueNumber ?? null,
        }
      : null,
    bills: bills
      ? {
          count: bills.billIds.length,
          receiptNumber: openAnswer<FeePosting>(cipher, row)?.receiptNumber ?? null,
        }
      : null,
  }
}

function viewPayment({ state, problem, problemDoneAtMs }: PaymentOrder) {
  return { state, problem: problem ?? null, problemDoneAtMs: problemDoneAtMs ?? null }
}

function viewRefund({ id, amountFen, state, problem, account, number, doneAtMs }: Refund) {
  return {
    ...{ id, amountFen, state, problem: problem ?? null, account: account ?? null },
    ...{ number: number ?? null, doneAtMs: doneAtMs ?? null },
  }
}

/** A list is shown although one of its rows was sealed under another key. */
function openOrNot(cipher: Cipher, row: OrderRow): OrderContent | undefined {
  try {
    return openContent(cipher, row)
  } catch {
    return undefined
  }
}
