import { maskName } from '@zhangyi/core'
import { findNotices, type Notice } from '../../notices/index.ts'
import {
  type Contradicted,
  caseJournal,
  isForBill,
  type PostedLine,
  receiptStateOf,
  refundHistory,
  transferHistory,
} from '../../payments/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { openCasePerson } from '../cases/case-person.ts'
import { payoutOf } from '../cases/case-view.ts'
import { phaseOf } from '../cases/leg-view.ts'
import { findCase, legsOf } from '../legs/find-leg.ts'
import { noticeKeysOf } from '../notify/tell-patient.ts'
import type { LegPhase } from '../refund-views.ts'
import type { RefundsRoom } from '../room.ts'
import type {
  BillDecisionRow,
  CaseRow,
  LegRow,
  RefundsTables,
  ReissueRow,
  StepRow,
  WindowPaymentRow,
} from '../tables.ts'
import { decisionsOf } from './bill/bill-decisions.ts'
import { type ContradictionMark, contradictionsDone } from './contradiction/contradictions-done.ts'
import { tagOf } from './list-open-legs.ts'
import { windowPaymentsOf } from './window/window-payments.ts'

/** A number that a leg was paid with, or was to be. */
export interface ShownAttempt {
  readonly number: string
  readonly createdAtMs: number
  readonly sentAtMs: number | undefined
  readonly sendings: number
  readonly state: string
  readonly queriedState: string | undefined
  readonly lastProblem: string | undefined
  readonly requestId: string | undefined
  /** `abnormal`: 发起异常退款 under the number of the refund. */
  readonly kind?: 'create' | 'abnormal'
  /** The number that this one follows. */
  readonly replaces: string | undefined
}

export interface LegDetail {
  readonly leg: LegRow
  readonly phase: LegPhase
  readonly tag: string | null
  readonly steps: readonly StepRow[]
  readonly attempts: readonly ShownAttempt[]
  readonly requests: readonly ReissueRow[]
  /** WeChat answers no queries of its transfer any more, and nobody knows how it ended. */
  readonly isForBill: boolean
  /** Sent for the first time, in its newest number: the bills from that day on tell of it. */
  readonly sentAtMs: number | undefined
  readonly billDecisions: readonly BillDecisionRow[]
  readonly windowPayments: readonly WindowPaymentRow[]
  /** What WeChat said against the end of its payout. */
  readonly contradicted: Contradicted | undefined
  readonly contradictionsDone: readonly ContradictionMark[]
  /** Why its payout stands still or was refused, in a code. */
  readonly problem: string | undefined
  readonly receipt: Awaited<ReturnType<typeof receiptStateOf>>
  /** WeChat's number of a transfer. */
  readonly wechatNumber: string | undefined
  /** Whither a refund by the original route goes, in WeChat's words. */
  readonly account: string | undefined
}

export interface CaseDetail {
  readonly of: CaseRow
  readonly patientName: string
  readonly cardNumber: string
  readonly legs: readonly LegDetail[]
  readonly notices: readonly Notice[]
  readonly journal: readonly PostedLine[]
}

type DetailParts = Pick<RefundsRoom, 'cipher' | 'clock'>

/** Everything about a case, masked: legs, what happened to them, numbers with their states, notices. */
export async function caseDetail(tx: Tx, room: DetailParts, caseId: string): Promise<CaseDetail> {
  const of = await findCase(tx, caseId)
  if (!of) throw new AppError('not-found')
  const { name, cardNumber } = openCasePerson(room.cipher, of)
  const rows = await legsOf(tx, [caseId])
  const legs: LegDetail[] = []
  for (const leg of rows) legs.push(await legDetail(tx, room, leg))
  const keys = legs.flatMap(({ leg, attempts }) =>
    noticeKeysOf(
      leg,
      attempts.map(({ number }) => number),
    ),
  )
  return {
    ...{ of, legs, patientName: maskName(name.reveal()), cardNumber: cardNumber?.reveal().slice(-4) ?? '' },
    ...{ notices: await findNotices(tx, keys), journal: await caseJournal(tx, caseId) },
  }
}

async function legDetail(tx: Tx, room: DetailParts, leg: LegRow): Promise<LegDetail> {
  const tables = tx.sql.withTables<RefundsTables>()
  const steps = await tables
    .selectFrom('refund_step')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('leg_id', '=', leg.id)
    .orderBy('step')
    .execute()
  const requests = await tables
    .selectFrom('reissue_request')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('leg_id', '=', leg.id)
    .orderBy('asked_at_ms')
    .execute()
  const payout = await payoutOf(tx, leg)
  const history = leg.route === 'transfer' ? transferHistory : refundHistory
  return {
    isForBill:
      leg.state === 'paying' &&
      payout.transfer !== undefined &&
      isForBill(payout.transfer, room.clock.nowMs()),
    ...{ sentAtMs: payout.transfer?.sentAtMs, billDecisions: await decisionsOf(tx, leg.id) },
    windowPayments: await windowPaymentsOf(tx, leg.id),
    ...{ leg, steps, requests, phase: phaseOf({ leg, ...payout }), tag: tagOf(leg, room.clock.nowMs()) },
    attempts: leg.payout_id === null ? [] : await history(tx, leg.payout_id),
    ...{
      contradicted: payout.transfer ?? payout.refund,
      problem: (payout.transfer ?? payout.refund)?.problem,
    },
    contradictionsDone: await contradictionsDone(tx, leg.id),
    receipt: payout.transfer && (await receiptStateOf(tx, payout.transfer.id)),
    ...{ wechatNumber: payout.transfer?.billNumber, account: payout.refund?.account },
  }
}
