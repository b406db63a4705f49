import type { Indicator } from '../../reports.ts'
import { between, randomOf } from '../random-of.ts'
import type { NewReport } from './make-report.ts'

interface Analyte {
  readonly code: string
  readonly name: string
  readonly unit: string
  readonly low: number
  readonly high: number
  readonly decimals: number
}

const analyte = (
  code: string,
  name: string,
  unit: string,
  low: number,
  high: number,
  decimals: number,
): Analyte => ({ code, name, unit, low, high, decimals })

const BLOOD_COUNT = [
  analyte('WBC', '白细胞计数', '10^9/L', 3.5, 9.5, 2),
  analyte('NEUT%', '中性粒细胞百分比', '%', 40, 75, 1),
  analyte('LYMPH%', '淋巴细胞百分比', '%', 20, 50, 1),
  analyte('RBC', '红细胞计数', '10^12/L', 4.3, 5.8, 2),
  analyte('HGB', '血红蛋白', 'g/L', 130, 175, 0),
  analyte('HCT', '红细胞压积', '%', 40, 50, 1),
  analyte('MCV', '平均红细胞体积', 'fL', 82, 100, 1),
  analyte('PLT', '血小板计数', '10^9/L', 125, 350, 0),
]
const LIVER_AND_GLUCOSE = [
  analyte('ALT', '丙氨酸氨基转移酶', 'U/L', 9, 50, 0),
  analyte('AST', '天门冬氨酸氨基转移酶', 'U/L', 15, 40, 0),
  analyte('TBIL', '总胆红素', 'μmol/L', 3.4, 20.5, 1),
  analyte('GLU', '葡萄糖', 'mmol/L', 3.9, 6.1, 2),
  analyte('CREA', '肌酐', 'μmol/L', 57, 97, 0),
  analyte('UA', '尿酸', 'μmol/L', 208, 428, 0),
]

/** 血常规: one value too high, one too low. */
export function writeBloodCount(seed: number, patid: string): NewReport {
  return lab('血常规（五分类）', BLOOD_COUNT, seed, patid, { WBC: 'high', HGB: 'low' })
}

/** 生化: glucose a little high. */
export function writeChemistry(seed: number, patid: string): NewReport {
  return lab('肝肾功能＋血糖', LIVER_AND_GLUCOSE, seed, patid, { GLU: 'high' })
}

/** 乙肝两对半: words instead of numbers. */
export function writeHepatitisB(): NewReport {
  const marker = (code: string, name: string, positive: boolean): Indicator => ({
    code,
    name,
    value: positive ? '阳性(+)' : '阴性(-)',
    unit: undefined,
    referenceRange: code === 'HBsAb' ? '阳性(+)' : '阴性(-)',
    flag: 'normal',
  })
  return {
    kind: 'lab',
    title: '乙肝两对半',
    departmentName: '检验科',
    doctorName: '金晓岚',
    indicators: [
      marker('HBsAg', '乙肝表面抗原', false),
      marker('HBsAb', '乙肝表面抗体', true),
      marker('HBeAg', '乙肝 e 抗原', false),
      marker('HBeAb', '乙肝 e 抗体', false),
      marker('HBcAb', '乙肝核心抗体', false),
    ],
  }
}

function lab(
  title: string,
  analytes: readonly Analyte[],
  seed: number,
  patid: string,
  off: Readonly<Record<string, 'low' | 'high'>>,
): NewReport {
  const random = randomOf(seed, title, patid)
  const indicators = analytes.map(({ code, name, unit, low, high, decimals }): Indicator => {
    const flag = off[code] ?? 'normal'
    const share = between(random, 10, 90) / 100
    const value =
      flag === 'high'
        ? high * (1.05 + share / 4)
        : flag === 'low'
          ? low * (0.95 - share / 6)
          : low + (high - low) * share
    return { code, name, value: value.toFixed(decimals), unit, referenceRange: `${low}-${high}`, flag }
  })
  return { kind: 'lab', title, departmentName: '检验科', doctorName: '陶明哲', indicators }
}
