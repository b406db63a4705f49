import { expect, test } from 'vitest'
import { checkApplication } from './check-application.ts'
import type { ApplicationInput } from './offline-views.ts'

const NOW = Date.parse('2026-11-28T12:00:00+08:00')
const INPUT: ApplicationInput = {
  reason: 'proxy',
  applicant: { name: ' 李 明华', idNumber: '11010519491231002x', phone: ' 13800000218 ', relation: ' 子女 ' },
  patient: { name: '李大山', idNumber: '110105491231002', cardNumber: ' a0 0012 ' },
  note: ' 父亲行动不便\r\n请尽快 ',
  requestKey: 'form-00000001',
}

test('what was typed is stored in the form in which it is found again', () => {
  expect(checkApplication(INPUT, NOW)).toEqual({
    applicant: { name: '李 明华', idNumber: '11010519491231002X', phone: '13800000218', relation: '子女' },
    patient: { name: '李大山', idNumber: '11010519491231002X', cardNumber: 'A00012' },
    note: '父亲行动不便\n请尽快',
  })
})

test.each<[string, Partial<ApplicationInput['applicant']>]>([
  ['a passport', { idNumber: 'e12345678' }],
  ['a residence permit', { idNumber: '810000199408230021' }],
  ['a phone at home', { phone: '0571-88888888' }],
  ['a phone abroad', { phone: '+44 20 7946 0958' }],
])('%s will do', (_name, change) => {
  expect(() =>
    checkApplication({ ...INPUT, applicant: { ...INPUT.applicant, ...change } }, NOW),
  ).not.toThrow()
})

test('every wrong field is named at once, and nothing typed is repeated', () => {
  const wrong: ApplicationInput = {
    ...INPUT,
    applicant: { name: '李', idNumber: '110105194912310021', phone: '110', relation: '\u0007' },
    patient: { name: '', idNumber: ' ', cardNumber: null },
    note: 'a\u0000b',
  }
  try {
    checkApplication(wrong, NOW)
    expect.unreachable()
  } catch (error) {
    const { fields } = error as { fields: readonly { field: string }[] }
    expect(fields.map(({ field }) => field).toSorted()).toEqual([
      ...['applicant.idNumber', 'applicant.name', 'applicant.phone', 'applicant.relation', 'note'],
      ...['patient.idNumber', 'patient.name'],
    ])
    expect(JSON.stringify(fields)).not.toMatch(/110105|李/)
  }
})
