import { expect, test } from 'vitest'
import { explainFailReason, FAIL_REASONS } from './fail-reasons.ts'

test.each([
  ['NAME_NOT_CORRECT', 'payee-identity', 'counter'],
  ['ACCOUNT_FROZEN', 'payee-account', 'patient-fixes'],
  ['DAY_RECEIVED_QUOTA_EXCEED', 'payee-limit', 'wait-or-split'],
  ['BANK_CARD_STATUS_ABNORMAL', 'payee-bank-card', 'other-account'],
  ['RECEIVE_ACCOUNT_NOT_PERMMIT', 'merchant', 'operator'],
  ['OVERDUE_CLOSE', 'closed', 'reissue'],
  ['MCH_CANCEL', 'closed', 'reissue'],
  ['TRANSFER_RISK', 'risk', 'review'],
])('%s belongs to %s and means %s', (code, group, duty) => {
  expect(explainFailReason(code)).toEqual({ group, duty, known: true })
})

test('a reason nobody knows goes to a person', () => {
  for (const code of ['BRAND_NEW', '', undefined, 'toString'])
    expect(explainFailReason(code)).toEqual({ group: 'other', duty: 'review', known: false })
})

test('all 37 listed reasons, none of them in two groups', () => {
  expect(FAIL_REASONS.size).toBe(37)
})
