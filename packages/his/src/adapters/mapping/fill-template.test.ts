import { describe, expect, test } from 'vitest'
import { fillTemplate } from './fill-template.ts'

const scope = {
  patid: 'P1',
  long: '310101199801011232',
  amount: 1_205,
  paidAt: '2026-11-22T16:00:01.500Z',
  day: '2026-11-23',
  idNumbers: ['a', 'b'],
  guardian: undefined,
  verified: false,
  settings: { code: '90003' },
}

describe('request templates', () => {
  test.each([
    ['{patid}', 'P1'],
    ['{amount|yuan}', '12.05'],
    ['{amount|fen}', '1205'],
    ['{amount|fen|number}', 1_205],
    ['{paidAt|shanghai:yyyyMMddHHmmss}', '20261123000001'],
    ['{paidAt|shanghai:yyyy年MM月dd日 HH:mm}', '2026年11月23日 00:00'],
    ['{day|shanghai:yyyyMMdd}', '20261123'],
    ['{idNumbers.0}', 'a'],
    ['{idNumbers|join:,}', 'a,b'],
    ['{verified|map:true=1,false=0}', '0'],
    ['{verified}', false],
    ['{patid|map:P2=2,*=9}', '9'],
    ['{settings.code}-{patid}', '90003-P1'],
    ['{{{patid}}}', '{P1}'],
    ['{guardian.name|or:无}', '无'],
    ['号{guardian.name}', undefined],
    ['{patid}号{guardian.name}', 'P1号'],
    ['', ''],
    [7, 7],
  ])('%j is %j', (template, filled) => {
    expect(fillTemplate(template, scope, 'omit')).toBe(filled)
  })

  test('absent members are left out, or empty', () => {
    const template = { a: '{patid}', g: { n: '{guardian.name}', t: '{guardian.idType}' }, k: '1' }
    expect(fillTemplate(template, scope, 'omit')).toEqual({ a: 'P1', k: '1' })
    expect(fillTemplate(template, scope, 'empty')).toEqual({ a: 'P1', g: { n: '', t: '' }, k: '1' })
  })

  test('repeats an element for each of a list', () => {
    const template = { list: { $each: 'idNumbers', $item: { no: '{item}', of: '{patid}' } } }
    expect(fillTemplate(template, scope, 'omit')).toEqual({
      list: [
        { no: 'a', of: 'P1' },
        { no: 'b', of: 'P1' },
      ],
    })
  })

  test.each([
    '{idNumbers}',
    '{patid|yuan}',
    '{patid|number}',
    '{long|number}',
    '{idNumbers|join:a}',
    '{patid|map:x=1}',
  ])('%s fails without quoting the value', (template) => {
    expect(() => fillTemplate(template, scope, 'omit')).toThrow(
      expect.objectContaining({ name: 'TemplateFailure', message: expect.not.stringContaining('P1') }),
    )
  })
})
