import { HisError } from '@zhangyi/his'
import { WechatPayError } from '@zhangyi/wechat-pay'
import { recordAudit } from '../../audit/record-audit.ts'
import type { Clients } from '../../clients/clients.ts'
import { AppError } from '../../errors/catalogue.ts'
import type { Hospital } from '../../hospitals/hospitals.ts'
import { currentTraceId } from '../../http/trace.ts'
import type { Platform } from '../../platform.ts'
import { findCall } from '../console/list-calls.ts'
import { type FreshFacts, queryOf } from './queries.ts'

export interface RequeryRoom extends Pick<Platform, 'database' | 'clock' | 'cipher' | 'log'> {
  readonly clients: Pick<Clients, 'wechatPay' | 'his'>
}

export interface FreshOutcome {
  readonly outcome: 'yes' | 'no' | 'unknown'
  readonly code: string
  readonly facts: FreshFacts
  /** Under which the fresh call stands in the call log. */
  readonly traceId: string
}

/**
 * Asks what a query asked, through the same client. The answer is for the person who looks: no state of ours is changed by
 * it, because each room asks by itself and judges what it hears. Throws `requery-refused` for everything else.
 */
export async function requeryCall(
  room: RequeryRoom,
  hospital: Hospital,
  id: number,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<FreshOutcome> {
  const { database, clock, cipher, clients } = room
  const call = await database.read(hospital.id, (tx) => findCall(tx, id))
  if (!call) throw new AppError('not-found', { zh: '没有这次调用，或已经过了保留时间。' })
  const query = queryOf(call)
  if (!query) throw new AppError('requery-refused')
  const traceId = currentTraceId()
  await database.inTransaction(hospital.id, (tx) =>
    recordAudit(tx, {
      ...{
        atMs: clock.nowMs(),
        actor: `operator:${by}`,
        action: 'calls.requeried',
        subject: `${id}`,
        traceId,
      },
      detail: { platform: call.platform, operation: call.operation, reason },
    }),
  )
  const asked = {
    ...{ call, cipher },
    ...{ wechatPay: () => clients.wechatPay(hospital), his: () => clients.his(hospital) },
  }
  try {
    const answer = query(asked)
    if (!answer)
      throw new AppError('requery-refused', {
        zh: '这次查询查的是什么没有留下，不能重新查，请用单号在对方的后台查。',
      })
    return { outcome: 'yes', code: '', facts: await answer, traceId }
  } catch (error) {
    if (error instanceof AppError) throw error
    return { ...failureOf(room, error), facts: {}, traceId }
  }
}

/** Its text may quote what was asked. */
function failureOf({ log }: RequeryRoom, error: unknown): Pick<FreshOutcome, 'outcome' | 'code'> {
  if (error instanceof HisError)
    return { outcome: error.kind === 'refused' ? 'no' : 'unknown', code: error.code }
  if (error instanceof WechatPayError) return { outcome: 'unknown', code: error.code }
  const { name } = error as Error
  log.error({ error: name }, 'a call could not be asked again')
  return { outcome: 'unknown', code: name }
}
