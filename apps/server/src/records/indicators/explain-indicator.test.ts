import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CRITICAL_ADVICE, createExplainer, explainIndicator } from './explain-indicator.ts'
import type { IndicatorEntry } from './indicator-entry.ts'
import { INDICATOR_TABLE } from './indicator-table.ts'
import { indicatorMatcher } from './match-indicator.ts'

const match = indicatorMatcher(INDICATOR_TABLE)
interface Rest {
  readonly code?: string
  readonly unit?: string
  readonly title?: string
}
const idOf = (name: string, rest: Rest = {}) =>
  match({ code: rest.code, name, unit: rest.unit, title: rest.title })?.id
const wbc = { code: 'WBC', name: '白细胞计数', unit: '10^9/L' }

test('a high white cell count: what it is, where that is common, and whom to ask', () => {
  expect(explainIndicator({ ...wbc, mark: 'high' })).toEqual({
    what: '血液里帮助身体抵抗细菌和病毒的细胞。',
    direction: '常见于感染、炎症、剧烈运动或紧张之后，是否需要处理请问医生。',
    tableVersion: '2026-11',
  })
  expect(explainIndicator({ ...wbc, mark: 'low' })?.direction).toMatch(/^常见于病毒感染/)
})

test.each(['normal', 'unmarked'] as const)('a %s value has no direction', (mark) => {
  expect(explainIndicator({ ...wbc, mark })).toMatchObject({ what: expect.any(String), direction: null })
})

test('a critical value says to act at once, for whatever indicator', () => {
  expect(CRITICAL_ADVICE).toBe('这个数值需要尽快处理，请马上联系开单医生或到急诊。')
  for (const { words, shared, units, specimen } of INDICATOR_TABLE.entries) {
    const title = specimen === 'urine' ? '尿常规' : undefined
    const asked = { code: undefined, name: words[0] ?? shared[0] ?? '', unit: units[0], title }
    expect(explainIndicator({ ...asked, mark: 'critical' })?.direction).toBe(CRITICAL_ADVICE)
  }
})

test('阳性 without a side has its own words', () => {
  const asked = { code: 'HBsAb', name: '乙肝表面抗体', unit: undefined, mark: 'abnormal' } as const
  expect(explainIndicator(asked)?.direction).toContain('打过乙肝疫苗')
})

test('another table explains in its own words and under its own version', () => {
  const entries = INDICATOR_TABLE.entries.map((entry) => ({ ...entry, what: '本院的说明。' }))
  const explain = createExplainer({ ...INDICATOR_TABLE, version: 'h-1', entries })
  expect(explain({ ...wbc, mark: 'normal' })).toMatchObject({ what: '本院的说明。', tableVersion: 'h-1' })
})

describe('every name and code of the table', () => {
  const asked = INDICATOR_TABLE.entries.flatMap((entry) => [
    ...entry.words.map((word) => ({ entry, word, shared: false })),
    ...entry.shared.map((word) => ({ entry, word, shared: true })),
  ])
  const question = ({ entry, word, shared }: { entry: IndicatorEntry; word: string; shared: boolean }) => ({
    name: word,
    code: undefined,
    unit: entry.units[0],
    title: shared && entry.units.length === 0 ? '尿常规' : undefined,
  })

  test('finds its own entry, as a name and as a code beside a name that says nothing', () => {
    for (const one of asked) {
      expect(match(question(one))?.id, one.word).toBe(one.entry.id)
      expect(match({ ...question(one), name: '', code: one.word })?.id, one.word).toBe(one.entry.id)
    }
  })

  test('the noise of printing changes nothing', () => {
    const noise = fc.record({
      wide: fc.boolean(),
      upper: fc.boolean(),
      blanks: fc.array(fc.nat({ max: 20 }), { maxLength: 4 }),
      mark: fc.constantFrom('', '*', '★', '▲ ', '*★'),
      around: fc.constantFrom(['', ''], ['【', '】'], ['（', '）'], ['[', ']'], [' ', '\u3000']),
      after: fc.constantFrom('', '（酶法）', '(定量)', ' ↑', '★', '（化学发光法）'),
    })
    fc.assert(
      fc.property(fc.constantFrom(...asked), noise, (one, { wide, upper, blanks, mark, around, after }) => {
        const signs = Array.from(upper ? one.word.toUpperCase() : one.word.toLowerCase())
        for (const place of blanks) signs.splice(Math.min(place, signs.length), 0, place % 2 ? ' ' : '\u3000')
        const spelled = wide ? signs.map(fullWidth).join('') : signs.join('')
        const name = `${mark}${around[0]}${spelled}${around[1]}${after}`
        const asking = question(one)
        expect(match({ ...asking, name })?.id, name).toBe(one.entry.id)
      }),
      { seed: 20261124, numRuns: 3_000 },
    )
  })

  test('whatever name comes, there is an answer or none, and never an error', () => {
    const any = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...asked.map(({ word }) => word)))
    fc.assert(
      fc.property(any, any, any, any, (name, code, unit, title) => {
        const found = match({ name, code, unit, title })
        expect(found === undefined || INDICATOR_TABLE.entries.includes(found)).toBe(true)
      }),
      { seed: 20261124, numRuns: 500 },
    )
  })
})

describe('the same name in blood and in urine', () => {
  test.each<[string, Rest, string | undefined]>([
    ['白细胞', { unit: '×10⁹/L' }, 'wbc'],
    ['白细胞', { unit: '10*9/L' }, 'wbc'],
    ['白细胞', { unit: '个/μL' }, 'urine-wbc'],
    ['白细胞', { unit: '/HPF' }, 'urine-wbc'],
    ['白细胞(尿)', {}, 'urine-wbc'],
    ['尿液白细胞', {}, 'urine-wbc'],
    ['白细胞', { title: '尿常规' }, 'urine-wbc'],
    ['白细胞', { title: '血常规（五分类）' }, 'wbc'],
    ['白细胞', {}, undefined],
    ['白细胞', { code: 'WBC' }, undefined],
    ['白细胞', { title: '血、尿常规' }, undefined],
    ['白细胞', { unit: '10^9/L', title: '尿常规' }, undefined],
    ['白细胞(血)', { title: '尿常规' }, undefined],
    ['白细胞', { unit: '10^6/L', title: '脑脊液常规' }, undefined],
    ['葡萄糖', { unit: 'mmol/L' }, 'glucose'],
    ['葡萄糖', {}, undefined],
    ['葡萄糖', { title: '尿常规' }, 'urine-glucose'],
    ['葡萄糖', { unit: 'mmol/L', title: '脑脊液生化' }, undefined],
    ['pH', {}, undefined],
    ['pH', { title: '尿液分析' }, 'urine-ph'],
    ['pH', { title: '血气分析' }, undefined],
    ['肌酐', { unit: 'μmol/L', title: '尿生化' }, undefined],
    ['尿酸', { unit: 'μmol/L', title: '肾功能' }, 'uric-acid'],
  ])('%s %j → %s', (name, rest, id) => {
    expect(idOf(name, rest)).toBe(id)
  })
})

describe('near names', () => {
  test.each<[string, Rest, string | undefined]>([
    ['中性粒细胞', { unit: '%' }, 'neut-percent'],
    ['中性粒细胞', { unit: '10^9/L' }, 'neut-count'],
    ['中性粒细胞', {}, undefined],
    ['中性粒细胞', { code: 'NEUT%' }, undefined],
    ['PCT', { unit: 'ng/ml' }, 'procalcitonin'],
    ['PCT', { unit: '%' }, 'plateletcrit'],
    ['TG', { unit: 'mmol/L' }, 'triglycerides'],
    ['TG', { unit: 'ng/mL' }, 'thyroglobulin'],
    ['肌酸激酶', { code: 'CK' }, 'creatine-kinase'],
    ['肌酸激酶(MB)', { code: 'CK' }, undefined],
    ['前白蛋白', { code: 'PA', unit: 'mg/L' }, 'prealbumin'],
    ['超敏C反应蛋白', { code: 'CRP' }, 'hs-crp'],
    ['空腹血糖', { code: 'GLU', unit: 'mmol/L' }, 'fasting-glucose'],
    ['葡萄糖（餐后2小时）', { code: 'GLU', unit: 'mmol/L' }, 'postprandial-glucose'],
    ['网织红细胞', { code: 'RBC', unit: '10^12/L' }, undefined],
    ['内生肌酐清除率', { code: 'CREA', unit: 'umol/L' }, undefined],
    ['胸水白细胞计数', { code: 'WBC', unit: '10^9/L' }, undefined],
    ['24小时尿蛋白', { code: 'TP', unit: 'g/L' }, undefined],
    ['梅毒螺旋体抗体', { code: 'TP', unit: 'S/CO' }, undefined],
    ['极低密度脂蛋白胆固醇', { code: 'LDL-C', unit: 'mmol/L' }, undefined],
    ['抗核抗体', {}, undefined],
    ['白细胞介素2', {}, undefined],
    ['血红蛋白电泳A2', { code: 'HGB', unit: 'g/L' }, undefined],
    ['凝血酶原时间比值', { code: 'PT', unit: 's' }, undefined],
    ['胆固醇（血清高密度）', { unit: 'mmol/L' }, undefined],
    [`血小板计数${'值'.repeat(200)}`, { code: 'PLT' }, undefined],
    ['', {}, undefined],
  ])('%s %j → %s', (name, rest, id) => {
    expect(idOf(name, rest)).toBe(id)
  })

  test('a code that contradicts the name: no explanation', () => {
    expect(idOf('血小板计数', { code: 'WBC', unit: '10^9/L' })).toBeUndefined()
  })

  test('a code of the hospital’s own says nothing against the name', () => {
    expect(idOf('血小板计数', { code: '1020301', unit: '10^9/L' })).toBe('plt')
  })

  test.each<[string, Rest, string]>([
    ['白细胞计数仪器法', { code: 'wbc', unit: '10^9/L' }, 'wbc'],
    ['血清谷丙转氨酶活性', { code: 'ALT', unit: 'U/L' }, 'alt'],
    ['血清丙氨酸氨基转移酶测定(ALT)', {}, 'alt'],
    ['ALT（GPT）', {}, 'alt'],
    ['血红蛋白(HGB)(g/L)', { unit: 'g/L' }, 'hgb'],
    ['甘油三酯（空腹）', { unit: 'mmol/L' }, 'triglycerides'],
  ])('another spelling with its code or method: %s', (name, rest, id) => {
    expect(idOf(name, rest)).toBe(id)
  })
})

function fullWidth(sign: string): string {
  const code = sign.charCodeAt(0)
  return code > 0x20 && code < 0x7f ? String.fromCharCode(code + 0xfee0) : sign
}
