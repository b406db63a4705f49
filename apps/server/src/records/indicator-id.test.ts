import { expect, test } from 'vitest'
import { Cipher } from '../platform/crypto/cipher.ts'
import { indicatorId, plainName, plainUnit } from './indicator-id.ts'

const CIPHER = new Cipher('ab'.repeat(32))
const id = (code: string | undefined, name: string, unit?: string, title = '检验') =>
  indicatorId(CIPHER, { code, name, unit }, title)

test('by code whatever the name, else by name and unit', () => {
  expect(id('WBC', '白细胞计数', '10^9/L')).toBe(id('WBC', '白细胞', '10^9/L'))
  expect(id('WBC', '白细胞')).not.toBe(id('RBC', '白细胞'))
  expect(id(undefined, '*白细胞 计数', '×10⁹/L')).toBe(id('', '白细胞计数', '10^9/L'))
  expect(id(undefined, '尿酸', 'μmol/L')).not.toBe(id(undefined, '尿酸', 'mg/dL'))
  expect(id(undefined, 'WBC')).not.toBe(id('WBC', 'WBC'))
})

test('bug: white cells of urine stood in the trend of those of blood, because both have the code WBC', () => {
  const blood = id('WBC', '白细胞', '10^9/L', '血常规')
  expect(id('WBC', '白细胞', '/μL', '尿常规')).not.toBe(blood)
  expect(id('GLU', '葡萄糖', 'mmol/L', '脑脊液生化')).not.toBe(id('GLU', '葡萄糖', 'mmol/L', '血糖'))
  expect(id('CREA', '尿肌酐', 'μmol/L')).not.toBe(id('CREA', '肌酐', 'μmol/L'))
  for (const title of ['血常规', '血尿常规', '年度体检', '急诊全血细胞'])
    expect(id('WBC', '白细胞', '×10⁹/L', title)).toBe(blood)
})

test('is short, fits an address and does not show what it is of', () => {
  expect(id('HIVAb', 'HIV 抗体')).toMatch(/^[\w-]{16}$/)
})

test.each([
  ['×10⁹/L', '10^9/L'],
  ['10*9/L', '10^9/L'],
  ['10^9/L', '10^9/L'],
  ['x10^12/L', '10^12/L'],
  ['kg/m²', 'kg/m^2'],
  ['µmol/L', 'μmol/L'],
  ['mmol / L', 'mmol/L'],
  ['mU/L', 'mU/L'],
  ['100mL', '100mL'],
  [undefined, ''],
])('unit %s is spelt %s', (unit, expected) => {
  expect(plainUnit(unit)).toBe(expected)
})

test('a name is compared without marks, spaces and case', () => {
  expect(plainName('★ Ca　离子')).toBe('CA离子')
})
