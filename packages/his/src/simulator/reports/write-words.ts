import type { Indicator } from '../../reports.ts'
import type { NewReport } from './make-report.ts'

const NEGATIVE = '阴性(-)'
const POSITIVE = '阳性(+)'

/** A result in words; `flag` is absent where the laboratory marks nothing. */
const said = (
  code: string | undefined,
  name: string,
  value: string,
  referenceRange: string | undefined,
  flag: Indicator['flag'],
): Indicator => ({ code, name, value, unit: undefined, referenceRange, flag })

const expectedNegative = (code: string, name: string, value: string): Indicator =>
  said(code, name, value, NEGATIVE, value === NEGATIVE ? 'normal' : 'abnormal')

const laboratory = { kind: 'lab', departmentName: '检验科', doctorName: '金晓岚' } as const

/** 乙肝两对半: the antibody of a vaccination is positive and as it should be. */
export function writeHepatitisB(): NewReport {
  return {
    ...laboratory,
    title: '乙肝两对半',
    indicators: [
      expectedNegative('HBsAg', '乙肝表面抗原', NEGATIVE),
      said('HBsAb', '乙肝表面抗体', POSITIVE, POSITIVE, 'normal'),
      expectedNegative('HBeAg', '乙肝 e 抗原', NEGATIVE),
      expectedNegative('HBeAb', '乙肝 e 抗体', NEGATIVE),
      expectedNegative('HBcAb', '乙肝核心抗体', NEGATIVE),
    ],
  }
}

/** 尿常规: words and numbers in one report, colour and turbidity without a range. */
export function writeUrine(): NewReport {
  const counted = (code: string, name: string, value: number, high: number): Indicator => ({
    ...said(code, name, String(value), `0-${high}`, value > high ? 'high' : 'normal'),
    unit: '/μL',
  })
  return {
    ...laboratory,
    title: '尿常规',
    indicators: [
      said('COLOR', '颜色', '淡黄色', undefined, undefined),
      said('TURB', '浊度', '清亮', undefined, undefined),
      said('SG', '比重', '1.018', '1.003-1.030', 'normal'),
      said('PH', '酸碱度', '6.0', '5.4-8.4', 'normal'),
      expectedNegative('PRO', '尿蛋白', '弱阳性(±)'),
      expectedNegative('U-GLU', '尿葡萄糖', NEGATIVE),
      expectedNegative('KET', '酮体', NEGATIVE),
      expectedNegative('BLD', '隐血', '阳性(1+)'),
      expectedNegative('NIT', '亚硝酸盐', NEGATIVE),
      expectedNegative('LEU', '白细胞酯酶', NEGATIVE),
      said('UBG', '尿胆原', '正常', '正常', 'normal'),
      counted('U-RBC', '尿红细胞', 24, 17),
      counted('U-WBC', '尿白细胞', 6, 28),
    ],
  }
}

/** 粪便常规＋隐血, positive. */
export function writeStool(): NewReport {
  return {
    ...laboratory,
    title: '粪便常规＋隐血',
    indicators: [
      said(undefined, '性状', '黑色软便', undefined, undefined),
      said('OB', '隐血试验', POSITIVE, NEGATIVE, 'abnormal'),
      said('S-RBC', '镜检红细胞', '未见', '未见', 'normal'),
      said('S-WBC', '镜检白细胞', '未见', '未见', 'normal'),
    ],
  }
}

/** 碳 14 呼气试验: a number and its meaning in words. */
export function writeBreathTest(positive: boolean): NewReport {
  return {
    ...laboratory,
    title: '碳 14 尿素呼气试验',
    departmentName: '消化内科',
    indicators: [
      {
        ...said('DPM', '呼气 DPM 值', positive ? '412' : '23', '<100', positive ? 'high' : 'normal'),
        unit: 'dpm/mmol',
      },
      expectedNegative('HP', '幽门螺杆菌', positive ? POSITIVE : NEGATIVE),
    ],
  }
}

/** 呼吸道病原体抗体: one that is only weakly positive. */
export function writeRespiratoryAntibodies(): NewReport {
  return {
    ...laboratory,
    title: '呼吸道病原体 IgM 抗体',
    indicators: [
      expectedNegative('MP-IgM', '肺炎支原体 IgM', '弱阳性(±)'),
      expectedNegative('CP-IgM', '肺炎衣原体 IgM', NEGATIVE),
      expectedNegative('RSV-IgM', '呼吸道合胞病毒 IgM', NEGATIVE),
      expectedNegative('ADV-IgM', '腺病毒 IgM', NEGATIVE),
    ],
  }
}
