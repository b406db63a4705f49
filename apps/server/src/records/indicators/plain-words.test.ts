import { expect, test } from 'vitest'
import { comparableUnit, nameParts, plainWord } from './plain-words.ts'

test.each([
  ['ＷＢＣ', 'wbc'],
  [' * 白 细胞　计数 ↑', '白细胞计数'],
  ['NEUT#', 'neut#'],
  ['CA19-9', 'ca199'],
  ['γ-GT', 'γgt'],
])('%j is compared as %j', (text, plain) => {
  expect(plainWord(text)).toBe(plain)
})

test.each([
  ['白细胞（WBC）', { base: '白细胞', brackets: ['wbc'], whole: '白细胞wbc' }],
  ['【白细胞】', { base: '白细胞', brackets: [], whole: '白细胞' }],
  ['葡萄糖(酶法)(空腹)', { base: '葡萄糖', brackets: ['空腹'], whole: '葡萄糖空腹' }],
  ['25(OH)D', { base: '25d', brackets: ['oh'], whole: '25ohd' }],
  ['白细胞(', { base: '白细胞', brackets: [], whole: '白细胞' }],
  ['', { base: '', brackets: [], whole: '' }],
])('%j has its brackets apart', (name, parts) => {
  expect(nameParts(name)).toEqual(parts)
})

test.each([
  [['10^9/L', '×10⁹/L', '10*9/L', 'x10^9/L', '10E9/L', '１０＾９／Ｌ'], '109/l'],
  [['μmol/L', 'µmol/L', 'umol/L', 'UMOL/L'], 'umol/l'],
  [['/HP', '/HPF', '个/HP', '个/ HPF'], '/hp'],
  [['/uL', '个/μL', 'cells/uL'], '/ul'],
  [[undefined, '', ' '], ''],
])('the units %j are one', (units, plain) => {
  expect(units.map(comparableUnit)).toEqual(units.map(() => plain))
})
