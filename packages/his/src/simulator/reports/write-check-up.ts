import type { Indicator } from '../../reports.ts'
import { type Analyte, analyte, type Body, measure } from './analyte.ts'
import type { NewReport } from './make-report.ts'

const MEASURED: readonly Analyte[] = [
  analyte('BMI', '体重指数', 'kg/m²', [18.5, 23.9], 1),
  analyte('SBP', '收缩压', 'mmHg', [90, 139], 0),
  analyte('DBP', '舒张压', 'mmHg', [60, 89], 0),
  analyte('HR', '心率', '次/分', [60, 100], 0),
  analyte('LDL-C', '低密度脂蛋白胆固醇', 'mmol/L', [undefined, 3.4], 2, '<3.40'),
  analyte('GLU', '空腹血糖', 'mmol/L', [3.9, 6.1], 1),
  analyte('UA', '尿酸', 'μmol/L', [208, 428], 0),
]

export interface CheckedUp {
  readonly body: Body
  /** In the order of the list: BMI, both blood pressures, heart rate, LDL, glucose, uric acid. */
  readonly values: readonly number[]
  readonly conclusion: string
  readonly advice: string
}

/** 体检报告: what was measured, what was seen, and what to do. */
export function writeCheckUp({ body, values, conclusion, advice }: CheckedUp): NewReport {
  const seen = (name: string, value: string, flag: Indicator['flag']): Indicator => ({
    ...{ code: undefined, name, value, unit: undefined, referenceRange: undefined, flag },
  })
  return {
    kind: 'check-up',
    title: '年度健康体检报告',
    departmentName: '健康管理中心',
    doctorName: '云婉清',
    indicators: [
      ...MEASURED.map((one, index) => measure(one, values[index] ?? 0)),
      seen('内科检查', '未见明显异常', 'normal'),
      seen('外科检查', '未见明显异常', 'normal'),
      seen('裸眼视力（右／左）', '0.6／0.8', undefined),
      ...(body === 'woman' ? [seen('乳腺触诊', '未见明显异常', 'normal')] : []),
    ],
    sections: [
      { title: '总检结论', text: conclusion },
      { title: '健康建议', text: advice },
    ],
  }
}
