import { describe, expect, test } from 'vitest'
import { PURPOSES, type Purpose } from '../purposes.ts'
import type { Assurance, Grant, GrantSubject } from './grant.ts'
import { judgeGrant } from './judge-grant.ts'

// The whole matrix: who × whose × purpose × state of the grant × assurance × act. The expectation is written a second
// time here, from the rules in words, so that neither can go astray alone.
const NOW = 1_000_000
const USERS = ['mine', 'another'] as const
const SUBJECTS: readonly (readonly [string, GrantSubject])[] = [
  ['the same patient', { kind: 'patient', patientId: 'pat_1' }],
  ['another patient', { kind: 'patient', patientId: 'pat_2' }],
  ['a person', { kind: 'person', personIndex: Buffer.from('p1') }],
  ['another person', { kind: 'person', personIndex: Buffer.from('p2') }],
]
const STATES: readonly (readonly [string, Partial<Grant>])[] = [
  ['live', {}],
  ['expired', { expiresAtMs: NOW }],
  ['voided', { voidedAtMs: NOW - 1 }],
  ['spent', { spentOn: 'case_1' }],
]
const ASSURANCES: readonly Assurance[] = ['real-person', 'proxy', 'face', 'trusted', 'fallback']
const ACTS = ['read', 'change'] as const

const grantFor = (
  subject: GrantSubject,
  purpose: Purpose,
  assurance: Assurance,
  state: Partial<Grant>,
): Grant => ({
  id: 'grant_1',
  userId: 'mine',
  subject,
  purpose,
  assurance,
  expiresAtMs: NOW + 1,
  voidedAtMs: undefined,
  spentOn: undefined,
  ...state,
})

describe('every combination', () => {
  let combinations = 0
  let allowed = 0
  for (const assurance of ASSURANCES)
    for (const [stateName, state] of STATES)
      for (const purpose of PURPOSES)
        for (const wantedPurpose of PURPOSES)
          for (const [subjectIndex, [, subject]] of SUBJECTS.entries())
            for (const [wantedIndex, [, wantedSubject]] of SUBJECTS.entries())
              for (const userId of USERS)
                for (const act of ACTS) {
                  const refusal = judgeGrant(
                    grantFor(subject, purpose, assurance, state),
                    { userId, subject: wantedSubject, purpose: wantedPurpose, act },
                    NOW,
                  )
                  const fits =
                    userId === 'mine' &&
                    subjectIndex === wantedIndex &&
                    purpose === wantedPurpose &&
                    stateName === 'live'
                  const strongEnough =
                    assurance === 'face' ||
                    (wantedPurpose !== 'refund' &&
                      (act === 'read' || assurance === 'real-person' || assurance === 'proxy'))
                  combinations++
                  if (fits && strongEnough) allowed++
                  if ((refusal === undefined) !== (fits && strongEnough))
                    throw new Error(
                      `${assurance} ${stateName} ${purpose}→${wantedPurpose} ${SUBJECTS[wantedIndex]?.[0]} ${userId} ${act}: ${refusal}`,
                    )
                }
  test('is allowed or refused as the rules say', () => {
    expect(combinations).toBe(5 * 4 * 9 * 9 * 4 * 4 * 2 * 2)
    // 4 subjects × (9 purposes × 2 acts by face, 8 × 2 by real person and by proxy, 8 by trusted and by fallback).
    expect(allowed).toBe(4 * (9 * 2 + 8 * 2 * 2 + 8 * 2))
  })
})

test('a fallback never allows a refund or a change', () => {
  const subject = { kind: 'patient', patientId: 'pat_1' } as const
  for (const purpose of PURPOSES) {
    const grant = grantFor(subject, purpose, 'fallback', {})
    expect(judgeGrant(grant, { userId: 'mine', subject, purpose, act: 'change' }, NOW)).toBe('assurance')
  }
  const refund = grantFor(subject, 'refund', 'fallback', {})
  expect(judgeGrant(refund, { userId: 'mine', subject, purpose: 'refund', act: 'read' }, NOW)).toBe(
    'assurance',
  )
})
