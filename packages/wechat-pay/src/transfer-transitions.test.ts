import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isFinalTransferState, readTransferStatus, TRANSFER_STATES } from './transfer-states.ts'
import { judgeTransition } from './transfer-transitions.ts'

test.each([
  ['ACCEPTED', 'PROCESSING'],
  ['PROCESSING', 'WAIT_USER_CONFIRM'],
  ['WAIT_USER_CONFIRM', 'TRANSFERING'],
  ['TRANSFERING', 'SUCCESS'],
  // Polls miss states.
  ['ACCEPTED', 'SUCCESS'],
  ['WAIT_USER_CONFIRM', 'SUCCESS'],
  // The confirm page again.
  ['TRANSFERING', 'WAIT_USER_CONFIRM'],
  ['WAIT_USER_CONFIRM', 'FAIL'],
  ['TRANSFERING', 'FAIL'],
  ['WAIT_USER_CONFIRM', 'CANCELING'],
  ['CANCELING', 'CANCELLED'],
  // A confirmation wins against an accepted cancel.
  ['CANCELING', 'TRANSFERING'],
  ['CANCELING', 'SUCCESS'],
] as const)('%s → %s is taken', (from, to) => {
  expect(judgeTransition(from, to)).toBe('advance')
})

test('a final state never changes, and another final one raises an alarm', () => {
  const finals = ['SUCCESS', 'FAIL', 'CANCELLED'] as const
  for (const from of finals)
    for (const to of TRANSFER_STATES) {
      const expected = from === to ? 'same' : isFinalTransferState(to) ? 'contradiction' : 'older'
      expect(judgeTransition(from, to)).toBe(expected)
    }
})

test.each([
  ['WAIT_USER_CONFIRM', 'ACCEPTED'],
  ['TRANSFERING', 'PROCESSING'],
  ['CANCELING', 'WAIT_USER_CONFIRM'],
] as const)('%s → %s is an old message', (from, to) => {
  expect(judgeTransition(from, to)).toBe('older')
})

test('a state that is not known changes nothing', () => {
  expect(readTransferStatus({ state: 'CANCELED' })).toEqual({ state: 'UNRECOGNISED', raw: 'CANCELED' })
  expect(readTransferStatus({ state: 'TRANSFERRING' })).toEqual({
    state: 'UNRECOGNISED',
    raw: 'TRANSFERRING',
  })
  expect(isFinalTransferState('UNRECOGNISED')).toBe(false)
  for (const from of [undefined, ...TRANSFER_STATES])
    expect(judgeTransition(from, 'UNRECOGNISED')).toBe('unrecognised')
})

test('whatever order reports come in, a stored final state stays', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...TRANSFER_STATES), { maxLength: 20 }), (reports) => {
      let stored: (typeof TRANSFER_STATES)[number] | undefined
      let final: typeof stored
      for (const report of reports) {
        if (judgeTransition(stored, report) === 'advance') stored = report
        if (final === undefined && stored && isFinalTransferState(stored)) final = stored
        if (final !== undefined) expect(stored).toBe(final)
      }
    }),
    { seed: 20261123, numRuns: 200 },
  )
})
