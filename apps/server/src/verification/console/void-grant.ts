import type { Clock } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { voidGrants } from '../grants/void-grants.ts'
import type { GrantView } from './console-views.ts'
import { findGrantRow, viewGrant } from './list-grants.ts'

export interface GrantVoiding {
  readonly id: string
  readonly reason: string
}

/** Ends one grant at once. One that is spent, ended or over already stays as it is. */
export async function voidGrant(
  tx: Tx,
  clock: Clock,
  operator: string,
  { id, reason }: GrantVoiding,
): Promise<GrantView> {
  const before = await findGrantRow(tx, id)
  if (!before) throw new AppError('not-found', { zh: '没有这个授权，请返回列表重新选择。' })
  const ended = await voidGrants(tx, clock, {
    ...{ reason: 'operator', actor: `operator:${operator}`, userId: before.user_id },
    ...{ grantId: id, said: reason },
  })
  if (ended === 0)
    throw new AppError('verification-wrong-step', {
      zh: '这个授权已经用掉、作废或过期，不用再作废。请刷新。',
    })
  const after = await findGrantRow(tx, id)
  return viewGrant(after ?? before, clock.nowMs())
}
