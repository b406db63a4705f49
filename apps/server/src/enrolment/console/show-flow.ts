import { ID_TYPES, maskIdNumber, maskName } from '@zhangyi/core'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { type EnrolmentTables, type FlowRow, openPerson } from '../flow.ts'
import { viewBinding } from './binding-view.ts'
import type { FlowDetail, ListedView } from './console-views.ts'
import type { ListedFlow } from './list-flows.ts'
import { stageOf } from './stage.ts'
import { CODE_NAMES, INTENT_NAMES, REASON_WORDS, SOURCE_NAMES, stepName } from './words.ts'

const MAX_STEPS = 200

export function viewListed(row: ListedFlow, nowMs: number): ListedView {
  return {
    ...{ id: row.id, intent: row.intent, intentName: INTENT_NAMES[row.intent] },
    ...{ stage: stageOf(row, nowMs), step: stepName(row.state, row.reason, null), reason: row.reason },
    reasonName: row.reason && REASON_WORDS[row.reason].name,
    traceId: row.reason && row.trace_id,
    ...{ userId: row.user_id, patientId: row.patient_id },
    ...{ createdAtMs: row.created_at_ms, changedAtMs: row.changed_at_ms },
  }
}

/** One flow with all that happened in it; the person is masked, and gone once the flow is done. */
export async function showFlow(tx: Tx, cipher: Cipher, id: string, nowMs: number): Promise<FlowDetail> {
  const sql = tx.sql.withTables<EnrolmentTables>()
  const flow = await sql
    .selectFrom('enrolment_flow')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!flow) throw new AppError('not-found', { zh: '没有这次建档，请返回列表重新选择。' })
  return {
    ...viewListed(flow, nowMs),
    expiresAtMs: flow.expires_at_ms,
    person: personOf(cipher, flow),
    steps: await stepsOf(tx, flow),
    codes: await codesOf(tx, id),
    binding: flow.patient_id === null ? null : await bindingOf(tx, flow.patient_id),
    advice: adviceOf(flow, nowMs),
  }
}

function personOf(cipher: Cipher, flow: FlowRow): FlowDetail['person'] {
  if (!flow.person) return null
  const { name, idType, idNumber, isSelf, source, verified } = openPerson(cipher, flow)
  return {
    ...{ name: maskName(name), idType: ID_TYPES[idType], idNumber: maskIdNumber(idNumber), isSelf, verified },
    source: SOURCE_NAMES[source],
  }
}

async function stepsOf(tx: Tx, flow: FlowRow): Promise<FlowDetail['steps']> {
  const rows = await tx.sql
    .withTables<EnrolmentTables & { enrolment_step: { id: number } }>()
    .selectFrom('enrolment_step')
    .select(['state', 'reason', 'code', 'trace_id', 'at_ms'])
    .where('hospital_id', '=', tx.hospitalId)
    .where('flow_id', '=', flow.id)
    .orderBy('id')
    .limit(MAX_STEPS)
    .execute()
  return rows.map(({ state, reason, code, trace_id: traceId, at_ms: atMs }) => ({
    ...{ state, name: stepName(state, reason, code), isStop: state === 'ways-on' || code !== null },
    ...{ code, traceId: traceId === '-' ? null : traceId, atMs },
  }))
}

async function codesOf(tx: Tx, flowId: string): Promise<FlowDetail['codes']> {
  const rows = await tx.sql
    .withTables<EnrolmentTables>()
    .selectFrom('enrolment_code')
    .select(['kind', 'outcome', 'created_at_ms'])
    .where('hospital_id', '=', tx.hospitalId)
    .where('flow_id', '=', flowId)
    .orderBy('created_at_ms')
    .limit(MAX_STEPS)
    .execute()
  return rows.map(({ kind, outcome, created_at_ms: atMs }) => ({ name: CODE_NAMES[kind], outcome, atMs }))
}

/** The newest that is not done, or the newest. */
async function bindingOf(tx: Tx, patientId: string): Promise<FlowDetail['binding']> {
  const row = await tx.sql
    .withTables<EnrolmentTables>()
    .selectFrom('card_binding')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('patient_id', '=', patientId)
    .orderBy((order) => order('state', '=', 'done'))
    .limit(1)
    .executeTakeFirst()
  return row ? viewBinding(row) : null
}

function adviceOf(flow: FlowRow, nowMs: number): string {
  switch (stageOf(flow, nowMs)) {
    case 'done':
      return '已经完成，不用处理。'
    case 'under-way':
      return '患者正在办理，不用处理。'
    case 'left':
      return '患者中途离开了。不用处理，患者可以重新开始；已经在 HIS 建好的档案会被查到，不会建两份。'
    case 'stopped':
      return flow.reason ? REASON_WORDS[flow.reason].advice : '患者可以重新开始，或到窗口办理。'
  }
}
