import { shanghaiDay, shanghaiMidnight } from '@zhangyi/core'
import { sql } from 'kysely'
import { findPayoutStop, listStoppedPayouts } from '../../payments/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import {
  counted,
  type HomeNotice,
  type HomeNumber,
  type HomePart,
  type HomeTodo,
} from '../../platform/operators/home.ts'
import { listAlarms } from '../funds-watch/refund-alarm.ts'
import { countOpenLegs } from './count-open-legs.ts'
import type { CaseList } from './list/case-filter.ts'
import { MOST_FOR_PEOPLE } from './list/list-work.ts'

const PATH = '/console/refunds'
const listPath = (list: CaseList) => `${PATH}?list=${list}`
const TODO_PATH = listPath('todo')

/** 退款 on the first page: what was paid, who waits, and what a clerk has to see to. */
export const refundsHome: HomePart = {
  permission: 'refunds.read',
  read: async (tx, { nowMs, days }) => {
    const [open, paid, waiting, alarms] = [
      await countOpenLegs(tx, nowMs),
      await paidByDay(tx, days),
      await waitingForPeople(tx),
      await listAlarms(tx),
    ]
    const today = paid.find(({ day }) => day === shanghaiDay(nowMs))
    const stop = await findPayoutStop(tx)
    const stopped = await listStoppedPayouts(tx, 'deposits', MOST_FOR_PEOPLE)
    const lacking = alarms.find(({ seenBy }) => seenBy === null)
    return {
      days: paid,
      numbers: [
        {
          key: 'paid',
          name: '今日退款',
          value: yuan(today?.refundsFen ?? 0),
          unit: '元',
          tone: 'plain',
          path: PATH,
        },
        {
          ...{ key: 'paying', name: '待患者确认', value: counted(open.paying - open.overdue), unit: '笔' },
          ...{ tone: 'plain', path: listPath('to-confirm') },
        },
        troubled('one-sided', '单边订单（可重发）', open['one-sided']),
        troubled('overdue', '超时未决（不可重发）', open.overdue),
      ],
      notices: [
        ...noticeOf(stop !== undefined, '总开关已关：现在不付任何退款，患者也不能申请，恢复之后再付'),
        ...noticeOf(lacking !== undefined, '运营账户余额不足，有患者收不到退款，请尽快充值'),
      ],
      todo: [
        ...(lacking
          ? [
              {
                tone: 'bad' as const,
                text: '运营账户余额不足，有患者收不到退款',
                count: 1,
                path: `${PATH}/funds`,
              },
            ]
          : []),
        ...todoOf('bad', '单边订单等财务处理：重发或退回余额', open.tasks, TODO_PATH),
        ...todoOf('bad', '生成新订单号的申请等另一个人复核', waiting.reissues, TODO_PATH),
        ...todoOf('bad', '付款走不下去，或微信前后说法矛盾', stopped.length, TODO_PATH),
        ...todoOf('bad', '窗口付讫等另一个人复核', waiting.windows, TODO_PATH),
        ...todoOf('warn', '线下申请等审核', waiting.applications, '/console/offline'),
        ...todoOf('warn', '商户号余额不足时申请的，还在等', open['no-funds'], `${PATH}/funds`),
      ],
    }
  },
}

function troubled(key: 'one-sided' | 'overdue', name: string, count: number): HomeNumber {
  return {
    key,
    name,
    value: counted(count),
    unit: '笔',
    tone: count > 0 ? 'bad' : 'plain',
    path: listPath(key),
  }
}

function yuan(amountFen: number): string {
  return (amountFen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 })
}

function noticeOf(isSo: boolean, text: string): readonly HomeNotice[] {
  return isSo ? [{ tone: 'bad', text, path: `${PATH}/funds` }] : []
}

function todoOf(tone: HomeTodo['tone'], text: string, count: number, path: string): readonly HomeTodo[] {
  return count > 0 ? [{ tone, text, count, path }] : []
}

async function paidByDay(tx: Tx, days: readonly string[]) {
  const fromMs = shanghaiMidnight(days[0] ?? '')
  const { rows } = await sql<{ day: string; refunds: number; fen: string }>`
    SELECT to_char(to_timestamp(at_ms / 1000.0) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day,
      count(*) AS refunds, sum(amount_fen) AS fen
    FROM balance_refund WHERE hospital_id = ${tx.hospitalId} AND at_ms >= ${fromMs} GROUP BY 1`.execute(
    tx.sql,
  )
  return rows.map(({ day, refunds, fen }) => ({ day, refunds, refundsFen: Number(fen) }))
}

interface Waiting {
  readonly reissues: number
  readonly windows: number
  readonly applications: number
}

async function waitingForPeople(tx: Tx): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    SELECT (SELECT count(*) FROM reissue_request WHERE hospital_id = ${tx.hospitalId} AND state = 'waiting') AS reissues,
      (SELECT count(*) FROM window_payment WHERE hospital_id = ${tx.hospitalId} AND state = 'waiting') AS windows,
      (SELECT count(*) FROM offline_application
        WHERE hospital_id = ${tx.hospitalId} AND state IN ('submitted', 'in-review')) AS applications`.execute(
    tx.sql,
  )
  return rows[0] ?? { reissues: 0, windows: 0, applications: 0 }
}
