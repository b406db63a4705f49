import type { Tone } from '../../ui/state-words.ts'
import { stateWord } from '../../ui/state-words.ts'
import type { EventDetail } from './usage-api.ts'

export interface EventStep {
  readonly key: string
  readonly atMs: number
  readonly text: string
  readonly note?: string | undefined
  readonly tone?: Tone
}

/** What became of an event, oldest first: received, merged or sent, answered, and what comes next. */
export function eventSteps(event: EventDetail): readonly EventStep[] {
  const { occurredAtMs, afterCutoff, sourceName } = event
  const received = {
    ...{ key: 'received', atMs: occurredAtMs, text: `${sourceName}收到 HIS 的成功` },
    note: afterCutoff ? '23 点以后，按第二天 23 点算' : undefined,
  }
  return [received, ...ended(event), ...refused(event), ...sent(event), ...stopped(event), ...next(event)]
}

function ended({ state, occurredAtMs }: EventDetail): readonly EventStep[] {
  if (state === 'merged')
    return [{ key: 'merged', atMs: occurredAtMs, text: '和刚才同样的查询合并，不再上报', tone: 'plain' }]
  if (state === 'no-card')
    return [{ key: 'no-card', atMs: occurredAtMs, text: '就诊人没有健康卡，不上报', tone: 'plain' }]
  return []
}

/** Only the first refusal is kept, and the last sending: what lay between is a number. */
function refused({ firstRefusedAtMs, sentAtMs, refusals }: EventDetail): readonly EventStep[] {
  if (firstRefusedAtMs === null || sentAtMs === null || firstRefusedAtMs >= sentAtMs) return []
  return [
    {
      ...{ key: 'refused', atMs: firstRefusedAtMs, text: '平台第一次拒绝', tone: 'warn' },
      note: refusals > 1 ? `一共拒绝 ${refusals} 次` : undefined,
    },
  ]
}

function sent({ sentAtMs, tookMs, attempts, code, state, late }: EventDetail): readonly EventStep[] {
  if (sentAtMs === null) return []
  const sending = { key: 'sent', atMs: sentAtMs, text: attempts > 1 ? `第 ${attempts} 次上报` : '上报' }
  const isByHand = code === 'by-hand'
  const answer =
    state === 'delivered' && !isByHand
      ? ({ text: '平台答复：已计入', tone: 'ok' } as const)
      : isByHand || tookMs === null
        ? ({ text: '没有得到答复', tone: 'warn' } as const)
        : ({ text: `没有计入：${code ?? '原因不明'}`, tone: 'bad' } as const)
  const answered = {
    ...{ key: 'answered', atMs: sentAtMs + (tookMs ?? 0), ...answer },
    note:
      [tookMs === null ? '' : `用时 ${tookMs} 毫秒`, late ? '迟报' : ''].filter(Boolean).join('，') ||
      undefined,
  }
  return [sending, answered]
}

function stopped({ state, reason, sentAtMs, tookMs, occurredAtMs }: EventDetail): readonly EventStep[] {
  if (state !== 'parked' || reason === null) return []
  const atMs = sentAtMs === null ? occurredAtMs : sentAtMs + (tookMs ?? 0)
  return [{ key: 'parked', atMs, text: `停下：${stateWord('parkReason', reason).text}`, tone: 'warn' }]
}

function next({ state, nextActionAtMs, attempts }: EventDetail): readonly EventStep[] {
  if (state !== 'pending' || nextActionAtMs === null) return []
  return [{ key: 'next', atMs: nextActionAtMs, text: attempts > 0 ? '将再次上报' : '将上报', tone: 'plain' }]
}
