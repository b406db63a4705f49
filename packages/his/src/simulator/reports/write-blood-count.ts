import { between, randomOf } from '../random-of.ts'
import { type Analyte, analyte, type Body, measure } from './analyte.ts'
import type { NewReport } from './make-report.ts'

interface Ranges {
  readonly WBC: readonly [number, number]
  readonly RBC: readonly [number, number]
  readonly HGB: readonly [number, number]
  readonly HCT: readonly [number, number]
  readonly PLT: readonly [number, number]
}

const RANGES: Readonly<Record<Body, Ranges>> = {
  man: { WBC: [3.5, 9.5], RBC: [4.3, 5.8], HGB: [130, 175], HCT: [40, 50], PLT: [125, 350] },
  woman: { WBC: [3.5, 9.5], RBC: [3.8, 5.1], HGB: [115, 150], HCT: [35, 45], PLT: [125, 350] },
  child: { WBC: [4.3, 11.3], RBC: [4.2, 5.7], HGB: [118, 156], HCT: [36, 46], PLT: [167, 453] },
}

export interface CountedBlood {
  readonly body: Body
  /** Tells one count of a patient from the next. */
  readonly nth: number
  /** 10^9/L; somewhere in the middle when absent. */
  readonly WBC?: number
  /** g/L. */
  readonly HGB?: number
  /** 10^9/L. */
  readonly PLT?: number
  /** The laboratory rang the doctor about this one. */
  readonly critical?: 'WBC' | 'HGB' | 'PLT'
}

/** 血常规 in eighteen values; those that follow from others are counted from them. */
export function writeBloodCount(seed: number, patid: string, counted: CountedBlood): NewReport {
  const { body, nth, critical } = counted
  const random = randomOf(seed, 'blood count', patid, nth)
  const ranges = RANGES[body]
  const near = ([low, high]: readonly [number, number]) =>
    low + ((high - low) * between(random, 30, 70)) / 100
  const { WBC = near(ranges.WBC), HGB = near(ranges.HGB), PLT = near(ranges.PLT) } = counted
  const [lymph, mono, eo, baso] = [near([24, 40]), near([4, 8]), near([1, 5]), near([0.1, 0.8])]
  const neut = 100 - lymph - mono - eo - baso
  const [mcv, mchc] = [near([84, 96]), near([322, 348])]
  const hct = (HGB / mchc) * 100
  const rbc = (hct * 10) / mcv
  const count = (code: keyof Ranges, name: string, unit: string, decimals: number, value: number) =>
    measure(analyte(code, name, unit, ranges[code], decimals), value, critical === code)
  const cells = (code: string, name: string, range: readonly [number, number], percent: number) => [
    measure(analyte(`${code}%`, `${name}百分比`, '%', range, 1), percent),
    measure(absolute(code, name), (WBC * percent) / 100),
  ]
  return {
    kind: 'lab',
    title: '血常规（五分类）',
    departmentName: '检验科',
    doctorName: '陶明哲',
    indicators: [
      count('WBC', '白细胞计数', '10^9/L', 2, WBC),
      ...cells('NEUT', '中性粒细胞', [40, 75], neut),
      ...cells('LYMPH', '淋巴细胞', [20, 50], lymph),
      ...cells('MONO', '单核细胞', [3, 10], mono),
      ...cells('EO', '嗜酸性粒细胞', [0.4, 8], eo),
      ...cells('BASO', '嗜碱性粒细胞', [0, 1], baso),
      count('RBC', '红细胞计数', '10^12/L', 2, rbc),
      count('HGB', '血红蛋白', 'g/L', 0, HGB),
      count('HCT', '红细胞压积', '%', 1, hct),
      measure(analyte('MCV', '平均红细胞体积', 'fL', [82, 100], 1), mcv),
      measure(analyte('MCH', '平均红细胞血红蛋白量', 'pg', [27, 34], 1), HGB / rbc),
      measure(analyte('MCHC', '平均红细胞血红蛋白浓度', 'g/L', [316, 354], 0), mchc),
      count('PLT', '血小板计数', '10^9/L', 0, PLT),
    ],
    ...(critical !== undefined && {
      sections: [{ title: '危急值', text: '本次有危急值，检验科已电话通知开单医生并记录。' }],
    }),
  }
}

const ABSOLUTE: Readonly<Record<string, readonly [number, number]>> = {
  NEUT: [1.8, 6.3],
  LYMPH: [1.1, 3.2],
  MONO: [0.1, 0.6],
  EO: [0.02, 0.52],
  BASO: [0, 0.06],
}

function absolute(code: string, name: string): Analyte {
  return analyte(`${code}#`, `${name}绝对值`, '10^9/L', ABSOLUTE[code] ?? [undefined, undefined], 2)
}
