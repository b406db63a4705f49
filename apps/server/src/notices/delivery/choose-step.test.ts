import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import type { NoticeChannel } from '../../platform/hospitals/notices-config.ts'
import type { SendingRow } from '../tables.ts'
import { chooseStep } from './choose-step.ts'

const ALL: readonly NoticeChannel[] = ['assistant', 'template', 'subscribe']
const NOW = 1_000 * HOUR_MS

const sending = (channel: NoticeChannel, state: SendingRow['state'], more: Partial<SendingRow> = {}) => ({
  ...{ hospital_id: 'demo', notice_id: 'note_1', channel, appid: 'wx', request: Buffer.of(1), state },
  ...{ doubtful: false, sendings: 1, code: null, msg_id: null, retry_at_ms: null },
  ...{ first_sent_at_ms: NOW, sent_at_ms: NOW, ...more },
})
const step = (sendings: readonly SendingRow[], afterMs = 0) => chooseStep(ALL, sendings, NOW + afterMs)

test('one channel after the other, each only after a definite refusal', () => {
  expect(step([])).toEqual({ do: 'send', channel: 'assistant' })
  const refused = sending('assistant', 'no', { code: '40003' })
  expect(step([refused])).toEqual({ do: 'send', channel: 'template' })
  const both = [refused, sending('template', 'no', { code: '43004' })]
  expect(step(both)).toEqual({ do: 'send', channel: 'subscribe' })
  expect(step([...both, sending('subscribe', 'no', { code: '43101' })])).toMatchObject({
    ...{ do: 'end', state: 'unreachable', problem: 'subscribe 43101' },
  })
})

test('silence never leads to another channel: the same number again while WeChat knows it, then unknown', () => {
  const lost = sending('template', 'unknown')
  const before = sending('assistant', 'no', { code: '40003' })
  expect(step([before, lost])).toMatchObject({ do: 'wait', untilMs: NOW + 10 * SECOND_MS })
  expect(step([before, lost], MINUTE_MS)).toEqual({ do: 'repeat', sending: lost })
  expect(step([before, lost], 10 * MINUTE_MS)).toMatchObject({ do: 'end', state: 'unknown' })
  expect(step([sending('assistant', 'asked')], 10 * MINUTE_MS)).toMatchObject({ do: 'repeat' })
  expect(step([sending('assistant', 'unknown')], 7 * HOUR_MS)).toMatchObject({ state: 'unknown' })
  expect(chooseStep(['subscribe'], [lost], NOW)).toMatchObject({ do: 'wait', state: 'sending' })
  const spent = [before, sending('template', 'no', { code: '43004' }), sending('subscribe', 'asked')]
  expect(step(spent)).toMatchObject({ do: 'end', state: 'unknown', problem: 'subscribe no-answer' })
})

test('what can be sent later waits; what is used up for today lets the next channel try first', () => {
  const busy = sending('assistant', 'no', { code: '45011', retry_at_ms: NOW + MINUTE_MS })
  expect(step([busy])).toMatchObject({ do: 'wait', untilMs: NOW + MINUTE_MS })
  expect(step([busy], MINUTE_MS)).toMatchObject({ do: 'repeat' })
  const used = sending('assistant', 'no', { code: '45009', retry_at_ms: NOW + 9 * HOUR_MS })
  expect(step([used])).toEqual({ do: 'send', channel: 'template' })
  const others = [sending('template', 'no', { code: '43004' }), sending('subscribe', 'no', { code: '43101' })]
  expect(step([used, ...others])).toMatchObject({ do: 'wait', untilMs: NOW + 9 * HOUR_MS })
})

test('who is on the blacklist gets no message at all; what can be mended is told as a failure', () => {
  const before = sending('assistant', 'no', { code: '40003' })
  expect(step([before, sending('template', 'no', { code: '43019' })])).toMatchObject({
    state: 'unreachable',
  })
  const wrong = sending('template', 'no', { code: '40037' })
  expect(step([before, wrong, sending('subscribe', 'no', { code: '43101' })])).toMatchObject({
    ...{ state: 'failed', problem: 'template 40037' },
  })
  expect(chooseStep([], [], NOW)).toMatchObject({ state: 'unreachable', problem: 'no-channel' })
})
