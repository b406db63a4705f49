import { DAY_MS, startOfShanghaiDay } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { OrderRow, VerificationTables } from '../orders/order.ts'
import type { GrantView, OrderDetail, OrderView, StepView } from './console-views.ts'
import { findGrantRow, viewGrant } from './list-grants.ts'
import { PURPOSE_NAMES, REASON_WORDS } from './words.ts'

const MAX_STEPS = 100

export function viewOrder(row: OrderRow, nowMs: number): OrderView {
  return {
    ...{ id: row.id, patientId: row.patient_id, userId: row.user_id },
    ...{ purpose: row.purpose, purposeName: PURPOSE_NAMES[row.purpose] },
    ...{ stage: stageOf(row, nowMs), reason: row.reason },
    reasonName: row.reason && REASON_WORDS[row.reason].name,
    ...{ traceId: row.reason && row.trace_id, grantId: row.grant_id },
    ...{ createdAtMs: row.created_at_ms, changedAtMs: row.changed_at_ms },
  }
}

function stageOf({ state, expires_at_ms }: OrderRow, nowMs: number): OrderView['stage'] {
  if (state === 'granted') return 'granted'
  if (state === 'ways-on') return 'stopped'
  return nowMs < expires_at_ms ? 'under-way' : 'left'
}

/** One verification: the page that was opened, the codes that were sent, the result, the grant. */
export async function showVerification(
  tx: Tx,
  hospital: Hospital,
  id: string,
  nowMs: number,
): Promise<OrderDetail> {
  const row = await tx.sql
    .withTables<VerificationTables>()
    .selectFrom('verification')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new AppError('not-found', { zh: '没有这次验证，请返回列表重新选择。' })
  const grantRow = row.grant_id === null ? undefined : await findGrantRow(tx, row.grant_id)
  const grant = grantRow ? viewGrant(grantRow, nowMs) : null
  const found = [
    ...(await attemptsOf(tx, id)),
    ...(await codesOf(tx, id)),
    ...(await resultOf(tx, id)),
    ...endOf(row),
    ...grantSteps(grant),
  ]
  const first: StepView = {
    ...{ name: `患者确认就诊人，要看${PURPOSE_NAMES[row.purpose]}`, tone: 'plain', note: null },
    atMs: row.created_at_ms,
  }
  return {
    ...viewOrder(row, nowMs),
    expiresAtMs: row.expires_at_ms,
    steps: [first, ...found.sort((one, other) => one.atMs - other.atMs)],
    ofPatient: { used: await usedToday(tx, row, nowMs), most: hospital.verification.attemptsPerPatient },
    ...{ grant, advice: adviceOf(row, nowMs) },
  }
}

async function attemptsOf(tx: Tx, id: string): Promise<StepView[]> {
  const rows = await tx.sql
    .withTables<VerificationTables>()
    .selectFrom('verification_attempt')
    .select(['passed', 'at_ms as atMs'])
    .where('hospital_id', '=', tx.hospitalId)
    .where('verification_id', '=', id)
    .limit(MAX_STEPS)
    .execute()
  return rows.map(({ passed, atMs }) => ({
    ...{ name: '打开平台的验证页，或核对兜底信息', tone: 'plain' as const, atMs },
    note: passed ? '后来通过，不计次数' : '计一次',
  }))
}

const SENT = { yes: '已发出', no: '短信网关没有受理', unknown: '不知道有没有发出' } as const

async function codesOf(tx: Tx, id: string): Promise<StepView[]> {
  const rows = await tx.sql
    .withTables<VerificationTables>()
    .selectFrom('verification_code')
    .select(['outcome', 'tries', 'used', 'created_at_ms as atMs'])
    .where('hospital_id', '=', tx.hospitalId)
    .where('verification_id', '=', id)
    .limit(MAX_STEPS)
    .execute()
  return rows.map(({ outcome, tries, used, atMs }) => ({
    ...{ name: `兜底：短信验证码${outcome === null ? '正在发' : SENT[outcome]}`, atMs },
    tone: outcome === 'no' ? ('bad' as const) : ('plain' as const),
    note: `${used ? '已用' : '没有用'}，试了 ${tries} 次`,
  }))
}

async function resultOf(tx: Tx, id: string): Promise<StepView[]> {
  const rows = await tx.sql
    .withTables<VerificationTables>()
    .selectFrom('verification_result')
    .select('created_at_ms as atMs')
    .where('hospital_id', '=', tx.hospitalId)
    .where('verification_id', '=', id)
    .execute()
  return rows.map(({ atMs }) => ({
    ...{ name: '从平台回来，向平台查询结果', tone: 'plain' as const, note: null, atMs },
  }))
}

function endOf({ state, reason, trace_id: traceId, changed_at_ms: atMs }: OrderRow): StepView[] {
  if (state !== 'ways-on' || reason === null) return []
  return [
    { name: `停下：${REASON_WORDS[reason].name}`, tone: 'warn', note: traceId && `追踪号 ${traceId}`, atMs },
  ]
}

function grantSteps(grant: GrantView | null): StepView[] {
  if (!grant) return []
  const { assuranceName, createdAtMs, spentAtMs, spentOn, voidedAtMs, voidReason } = grant
  return [
    { name: '通过，得到授权', tone: 'ok', note: assuranceName, atMs: createdAtMs },
    ...(spentAtMs === null
      ? []
      : [{ name: '授权用掉', tone: 'ok' as const, note: spentOn, atMs: spentAtMs }]),
    ...(voidedAtMs === null
      ? []
      : [{ name: '授权作废', tone: 'warn' as const, note: voidReason, atMs: voidedAtMs }]),
  ]
}

/** As `attemptsUsedUp` counts them. */
async function usedToday(tx: Tx, row: OrderRow, nowMs: number): Promise<number> {
  const startOfDay = startOfShanghaiDay(nowMs)
  const { count } = await tx.sql
    .withTables<VerificationTables>()
    .selectFrom('verification_attempt')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('hospital_id', '=', tx.hospitalId)
    .where('patient_id', '=', row.patient_id)
    .where('purpose', '=', row.purpose)
    .where('passed', '=', false)
    .where('at_ms', '>=', startOfDay)
    .where('at_ms', '<', startOfDay + DAY_MS)
    .executeTakeFirstOrThrow()
  return Number(count)
}

function adviceOf(row: OrderRow, nowMs: number): string {
  switch (stageOf(row, nowMs)) {
    case 'granted':
      return '已经通过。授权到时间自动失效；怀疑不是本人时，可以在授权里作废。'
    case 'under-way':
      return '患者正在验证，不用处理。'
    case 'left':
      return '患者中途离开了，不用处理，可以重新开始。'
    case 'stopped':
      return row.reason ? REASON_WORDS[row.reason].advice : '患者可以重新开始，或到窗口办理。'
  }
}
