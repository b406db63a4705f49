import { fen } from '@zhangyi/core'
import type { Indicator, ReportLine } from '../../reports.ts'
import type { NewReport } from './make-report.ts'

export function writeChestCt(): NewReport {
  return {
    kind: 'examination',
    title: '胸部 CT 平扫',
    departmentName: '放射科',
    doctorName: '水海峰',
    modality: 'CT',
    abnormal: true,
    sections: [
      {
        title: '检查所见',
        text: '胸廓对称，气管居中。两肺纹理清晰，右肺上叶尖段见一枚直径约 4mm 的磨玻璃小结节，边界清；余肺野未见明确实变影。纵隔未见肿大淋巴结，心影大小正常，双侧胸腔未见积液。',
      },
      {
        title: '检查结论',
        text: '右肺上叶磨玻璃小结节（约 4mm），建议 12 个月后复查低剂量 CT。余胸部 CT 平扫未见明显异常。',
      },
    ],
  }
}

export function writeAbdominalUltrasound(): NewReport {
  return {
    kind: 'examination',
    title: '肝胆胰脾彩超',
    departmentName: '超声科',
    doctorName: '章宁佳',
    modality: 'US',
    abnormal: false,
    sections: [
      {
        title: '检查所见',
        text: '肝脏大小形态正常，实质回声均匀。胆囊壁光滑，腔内未见异常回声。胰、脾未见异常。',
      },
      { title: '检查结论', text: '肝胆胰脾未见明显异常。' },
    ],
  }
}

const measured = (
  name: string,
  value: string,
  unit: string,
  referenceRange: string,
  flag: Indicator['flag'],
): Indicator => ({ code: undefined, name, value, unit, referenceRange, flag })

export function writeCheckUp(): NewReport {
  return {
    kind: 'check-up',
    title: '年度健康体检报告',
    departmentName: '健康管理中心',
    doctorName: '云婉清',
    indicators: [
      measured('体重指数', '26.1', 'kg/m²', '18.5-23.9', 'high'),
      measured('收缩压', '128', 'mmHg', '90-139', 'normal'),
      measured('舒张压', '82', 'mmHg', '60-89', 'normal'),
      measured('低密度脂蛋白胆固醇', '3.68', 'mmol/L', '0-3.37', 'high'),
      measured('空腹血糖', '5.4', 'mmol/L', '3.9-6.1', 'normal'),
    ],
    sections: [
      { title: '总检结论', text: '1. 超重。2. 低密度脂蛋白胆固醇偏高。3. 其余项目未见明显异常。' },
      { title: '健康建议', text: '控制油脂和甜食，每周中等强度运动 150 分钟以上，三个月后复查血脂。' },
    ],
  }
}

const line = (name: string, rest: Partial<Omit<ReportLine, 'name'>>): ReportLine => ({
  name,
  specification: rest.specification,
  quantity: rest.quantity,
  usage: rest.usage,
  amount: rest.amount,
})

export function writeInpatientDay(): NewReport {
  return {
    kind: 'inpatient-day',
    title: '住院费用日清单',
    departmentName: '消化内科病区',
    lines: [
      line('床位费（三人间）', { quantity: '1 日', amount: fen(4_000) }),
      line('Ⅱ级护理', { quantity: '1 日', amount: fen(2_500) }),
      line('静脉输液', { quantity: '2 组', amount: fen(1_800) }),
      line('注射用泮托拉唑钠', { specification: '40mg', quantity: '2 支', amount: fen(3_960) }),
      line('0.9% 氯化钠注射液', { specification: '100ml', quantity: '2 袋', amount: fen(640) }),
    ],
  }
}

export function writePrescription(): NewReport {
  return {
    kind: 'prescription',
    title: '门诊处方',
    departmentName: '消化内科',
    doctorName: '沈文远',
    sections: [{ title: '临床诊断', text: '慢性胃炎' }],
    lines: [
      line('奥美拉唑肠溶胶囊', {
        specification: '20mg×14 粒',
        quantity: '2 盒',
        usage: '口服，每次 20mg，每日 2 次，早晚餐前',
        amount: fen(5_640),
      }),
      line('铝碳酸镁咀嚼片', {
        specification: '0.5g×20 片',
        quantity: '1 盒',
        usage: '嚼服，每次 1 片，每日 3 次，餐后 1 小时',
        amount: fen(2_380),
      }),
    ],
  }
}

export function writeDiagnosis(): NewReport {
  return {
    kind: 'diagnosis',
    title: '门诊诊断',
    departmentName: '消化内科',
    doctorName: '沈文远',
    sections: [
      { title: '主诉', text: '上腹部隐痛、反酸两周。' },
      { title: '诊断', text: '1. 慢性胃炎（K29.500）。2. 胃食管反流（K21.900）。' },
      { title: '处理意见', text: '清淡饮食，按时服药，两周后复诊。' },
    ],
  }
}
