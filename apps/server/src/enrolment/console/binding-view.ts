import type { EnrolmentTables } from '../flow.ts'
import type { BindingView } from './console-views.ts'

/** `platform: no 1001` as it was stored, in words. */
function problemWords(problem: string): string {
  const [, side = '', kind = '', code = ''] = /^(platform|his): (no|unknown) ?(.*)$/.exec(problem) ?? []
  const name = side === 'his' ? '医院系统' : '健康卡平台'
  if (side === '') return problem
  return kind === 'no' ? `${name}没有受理（返回码 ${code}）` : `${name}没有答复`
}

export function viewBinding(row: EnrolmentTables['card_binding']): BindingView {
  return {
    ...{ patientId: row.patient_id, patid: row.patid, cardId: row.health_card_id, state: row.state },
    ...{ attempts: row.attempts, problem: row.last_problem && problemWords(row.last_problem) },
    nextAtMs: row.next_action_at_ms,
  }
}
