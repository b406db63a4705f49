import { DAY_MS, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import type { CallClass } from '@zhangyi/wechat-pay'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPastQuery, judgeAbsence, nextLookMs, type Sent } from './judge-transfer.ts'

const CLASSES: readonly (CallClass | 'no-answer')[] = [
  ...(['ok', 'rejected-definite', 'not-accepted', 'waiting-for-funds'] as const),
  ...(['conflict', 'not-found', 'unknown', 'no-answer'] as const),
]
const REFUSED: ReadonlySet<string> = new Set(['not-accepted', 'waiting-for-funds'])
const DEFINITE: ReadonlySet<string> = new Set(['rejected-definite', ...REFUSED])

/** As `countSending` and `noteOutcome` store it: what is known after a number was sent so often with these answers, `no-answer` being a process that ended. */
function afterSendings(answers: readonly (CallClass | 'no-answer')[]): Sent {
  let sent: Sent & { sendings: number } = {
    ...{ state: 'stored', doubtful: false, last_class: null, queried_state: null, sendings: 0 },
  }
  for (const answer of answers) {
    const refused = sent.state === 'no' || REFUSED.has(sent.last_class ?? '')
    const doubtful = sent.doubtful || sent.state === 'asked' || (sent.sendings > 0 && !refused)
    sent = { ...sent, doubtful, sendings: sent.sendings + 1, state: sent.state === 'yes' ? 'yes' : 'asked' }
    if (answer === 'no-answer' || sent.state === 'yes') continue
    // The client takes no refusal for definite that an earlier sending may have made wrong.
    const found = answer === 'rejected-definite' && doubtful ? 'unknown' : answer
    const state = found === 'ok' ? 'yes' : found === 'rejected-definite' ? 'no' : 'unknown'
    sent = { ...sent, state, last_class: found }
  }
  return sent
}

test('NOT_FOUND proves that there is no bill only where every sending was refused definitely', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...CLASSES), { minLength: 1, maxLength: 6 }),
      fc.nat(50),
      (answers, looks) => {
        const judged = judgeAbsence(afterSendings(answers), looks)
        if (judged === 'refused' || judged === 'not-funded')
          expect(answers.every((answer) => DEFINITE.has(answer))).toBe(true)
        if (answers.includes('ok')) expect(judged).toBe('wait')
      },
    ),
    { numRuns: 2_000 },
  )
})

test('a bill that a query once found is never taken for absent', () => {
  const found = { ...afterSendings(['rejected-definite']), queried_state: 'ACCEPTED' }
  expect(judgeAbsence(found, 9)).toBe('wait')
})

test('the next look is never now and never far: from 24 h on within five minutes, and no later than then', () => {
  const states = ['under-way', 'to-confirm'] as const
  fc.assert(
    fc.property(fc.constantFrom(...states), fc.nat(9_999), fc.nat(31 * DAY_MS), (state, looks, sinceMs) => {
      const next = nextLookMs({ state, looks, sent_at_ms: 1 }, 1 + sinceMs)
      const waitMs = next - 1 - sinceMs
      expect(waitMs).toBeGreaterThan(0)
      expect(waitMs).toBeLessThanOrEqual(sinceMs >= DAY_MS ? 5 * MINUTE_MS : HOUR_MS)
      if (sinceMs < DAY_MS) expect(next).toBeLessThanOrEqual(1 + DAY_MS)
      expect(isPastQuery({ sent_at_ms: 1 }, 1 + sinceMs)).toBe(sinceMs >= 30 * DAY_MS)
    }),
  )
})
