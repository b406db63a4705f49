import { assertNever, HOUR_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import type { NoticeChannel } from '../../platform/hospitals/notices-config.ts'
import type { SendingRow } from '../tables.ts'
import { actionOf, isOfThePerson, NO_ANSWER, NO_CHANNEL, problemOf } from './refusals.ts'

export type Step =
  | { readonly do: 'send'; readonly channel: NoticeChannel }
  /** The same bytes under the same number. */
  | { readonly do: 'repeat'; readonly sending: SendingRow }
  | {
      readonly do: 'wait'
      /** `sending`: nobody can say yet whether it was taken. */
      readonly state: 'queued' | 'sending'
      readonly untilMs: number
      readonly problem: string
    }
  | {
      readonly do: 'end'
      readonly state: 'unknown' | 'unreachable' | 'failed'
      readonly channel: NoticeChannel | undefined
      readonly problem: string
    }

/**
 * How long a sending that nobody answered may be repeated: WeChat takes one message of a number, at 就医助手 for good, of
 * a template within about ten minutes. A subscribe message has no number.
 */
const REPEATABLE_MS: Readonly<Record<NoticeChannel, number>> = {
  assistant: 6 * HOUR_MS,
  template: 9 * MINUTE_MS,
  subscribe: 0,
}
const PAUSES_MS = [10 * SECOND_MS, MINUTE_MS, 2 * MINUTE_MS, 4 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS]

/** The pause after the n-th sending, n from 1. */
export function pauseAfter(sendings: number): number {
  return PAUSES_MS[Math.min(Math.max(sendings, 1), PAUSES_MS.length) - 1] ?? HOUR_MS
}

/** The channels in their order; the next one only after a definite refusal of the one before. */
export function chooseStep(
  channels: readonly NoticeChannel[],
  sendings: readonly SendingRow[],
  nowMs: number,
): Step {
  // Also where the channel was taken out of the configuration since: it may have brought the message.
  const silent = sendings.find(({ state }) => state === 'asked' || state === 'unknown')
  if (silent) return afterSilence(silent, nowMs)
  let tomorrow: SendingRow | undefined
  for (const channel of channels) {
    const sending = sendings.find((one) => one.channel === channel)
    if (!sending) return { do: 'send', channel }
    const { state, retry_at_ms: retryAtMs, code } = sending
    switch (state) {
      case 'asked':
      case 'unknown':
      case 'yes':
        throw new Error(`a notice that ${channel} took, or may have taken, goes to no other channel`)
      case 'no': {
        const action = actionOf(channel, code ?? '')
        if (action === 'drop') return end([sending])
        if (retryAtMs === null) continue
        if (retryAtMs <= nowMs) return { do: 'repeat', sending }
        // Another channel may bring it today.
        if (action === 'tomorrow') tomorrow ??= sending
        else return later(sending, retryAtMs)
        continue
      }
      default:
        assertNever(state)
    }
  }
  if (tomorrow) return later(tomorrow, tomorrow.retry_at_ms ?? nowMs)
  return end(channels.flatMap((channel) => sendings.find((one) => one.channel === channel) ?? []))
}

function later({ channel, code }: SendingRow, untilMs: number): Step {
  return { do: 'wait', state: 'queued', untilMs, problem: problemOf(channel, code ?? '') }
}

function afterSilence(sending: SendingRow, nowMs: number): Step {
  const { channel, sendings, first_sent_at_ms: firstMs, sent_at_ms: lastMs } = sending
  const untilMs = (lastMs ?? nowMs) + pauseAfter(sendings)
  const problem = problemOf(channel, NO_ANSWER)
  // Judged by when it would be sent, not by now: beyond its time the same number may be another message.
  if (Math.max(untilMs, nowMs) > (firstMs ?? nowMs) + REPEATABLE_MS[channel])
    return { do: 'end', state: 'unknown', channel, problem }
  return untilMs > nowMs ? { do: 'wait', state: 'sending', untilMs, problem } : { do: 'repeat', sending }
}

/** `refusals` in the order of their channels. */
function end(refusals: readonly SendingRow[]): Step {
  // What somebody can mend is worth more than that the person does not follow.
  const toMend = refusals.find(({ code }) => !isOfThePerson(code ?? ''))
  const told = toMend ?? refusals.at(-1)
  return {
    ...{ do: 'end', state: toMend ? 'failed' : 'unreachable', channel: told?.channel },
    problem: told ? problemOf(told.channel, told.code ?? '') : NO_CHANNEL,
  }
}
