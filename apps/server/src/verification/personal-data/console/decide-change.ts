import { no, yes } from '@zhangyi/core'
import { recordAudit } from '../../../platform/audit/record-audit.ts'
import type { Tx } from '../../../platform/database/tx.ts'
import { AppError } from '../../../platform/errors/catalogue.ts'
import { currentTraceId } from '../../../platform/http/trace.ts'
import type { ChangeTables } from '../change-row.ts'
import type { PersonalDataRoom } from '../room.ts'
import { settleChange } from '../settle-change.ts'
import { type ChangeView, viewChange } from './list-changes.ts'

export interface ChangeDecision {
  readonly id: string
  /** What the operator saw in the HIS: the new values stand there, or they do not and will not. */
  readonly isChanged: boolean
  readonly reason: string
}

/** What a person found out about a change that the HIS never answered for. Only of one that waits for a person. */
export async function decideChange(
  tx: Tx,
  room: PersonalDataRoom,
  operator: string,
  { id, isChanged, reason }: ChangeDecision,
): Promise<ChangeView> {
  const before = await lock(tx, id)
  if (!before) throw new AppError('not-found', { zh: '没有这次修改，请返回列表重新选择。' })
  if (before.state !== 'parked')
    throw new AppError('verification-wrong-step', { zh: '这次修改已经有了结果，或还在自动确认，请刷新。' })
  const actor = `operator:${operator}`
  await settleChange(tx, room, before, isChanged ? yes(null) : no('operator', 'not in the HIS'), actor)
  recordAudit(tx, {
    ...{ atMs: room.clock.nowMs(), actor, action: 'personal-data.change-decided', subject: id },
    ...{ traceId: currentTraceId(), detail: { changed: isChanged, reason } },
  })
  return viewChange(room.cipher, (await lock(tx, id)) ?? before)
}

function lock(tx: Tx, id: string) {
  return tx.sql
    .withTables<ChangeTables>()
    .selectFrom('personal_data_change')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}
