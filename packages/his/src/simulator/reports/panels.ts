import { type Analyte, analyte, type Body } from './analyte.ts'

/** One order form of the laboratory: a title and what is measured under it. */
export interface Panel {
  readonly title: string
  readonly analytes: (body: Body) => readonly Analyte[]
}

const man = <T>(body: Body, his: T, others: T): T => (body === 'man' ? his : others)

export const LIVER: Panel = {
  title: '肝功能',
  analytes: (body) => [
    analyte('ALT', '丙氨酸氨基转移酶', 'U/L', man(body, [9, 50], [7, 40]), 0),
    analyte('AST', '天门冬氨酸氨基转移酶', 'U/L', man(body, [15, 40], [13, 35]), 0),
    analyte('GGT', 'γ-谷氨酰转移酶', 'U/L', man(body, [10, 60], [7, 45]), 0),
    analyte('ALP', '碱性磷酸酶', 'U/L', man(body, [45, 125], [50, 135]), 0),
    analyte('TP', '总蛋白', 'g/L', [65, 85], 1),
    analyte('ALB', '白蛋白', 'g/L', [40, 55], 1),
    analyte('TBIL', '总胆红素', 'μmol/L', [undefined, 23], 1, '≤23.0'),
    analyte('DBIL', '直接胆红素', 'μmol/L', [undefined, 8], 1, '≤8.0'),
  ],
}

export const KIDNEY: Panel = {
  title: '肾功能＋电解质',
  analytes: (body) => [
    analyte('UREA', '尿素', 'mmol/L', [3.1, 8], 2),
    analyte('CREA', '肌酐', 'μmol/L', man(body, [57, 97], [41, 73]), 0),
    analyte('UA', '尿酸', 'μmol/L', man(body, [208, 428], [155, 357]), 0),
    // Reported without a range: what is normal depends on age.
    analyte('eGFR', '估算肾小球滤过率', 'mL/(min·1.73m²)', [undefined, undefined], 1),
    analyte('K', '钾', 'mmol/L', [3.5, 5.3], 2),
    analyte('Na', '钠', 'mmol/L', [137, 147], 1),
    analyte('Cl', '氯', 'mmol/L', [99, 110], 1),
    analyte('Ca', '钙', 'mmol/L', [2.11, 2.52], 2),
  ],
}

export const LIPIDS: Panel = {
  title: '血脂四项',
  analytes: () => [
    analyte('TC', '总胆固醇', 'mmol/L', [undefined, 5.2], 2, '<5.20'),
    analyte('TG', '甘油三酯', 'mmol/L', [undefined, 1.7], 2, '<1.70'),
    analyte('HDL-C', '高密度脂蛋白胆固醇', 'mmol/L', [1, undefined], 2, '≥1.00'),
    analyte('LDL-C', '低密度脂蛋白胆固醇', 'mmol/L', [undefined, 3.4], 2, '<3.40'),
  ],
}

export const GLUCOSE: Panel = {
  title: '血糖＋糖化血红蛋白',
  analytes: () => [
    analyte('GLU', '葡萄糖', 'mmol/L', [3.9, 6.1], 2),
    analyte('HbA1c', '糖化血红蛋白', '%', [4, 6], 1, '4.0～6.0'),
  ],
}

export const THYROID: Panel = {
  title: '甲状腺功能',
  analytes: () => [
    analyte('TSH', '促甲状腺激素', 'mIU/L', [0.27, 4.2], 3),
    analyte('FT3', '游离三碘甲状腺原氨酸', 'pmol/L', [3.1, 6.8], 2),
    analyte('FT4', '游离甲状腺素', 'pmol/L', [12, 22], 2),
    analyte('TPOAb', '甲状腺过氧化物酶抗体', 'IU/mL', [undefined, 34], 1, '<34.0'),
  ],
}

export const COAGULATION: Panel = {
  title: '凝血功能',
  analytes: () => [
    analyte('PT', '凝血酶原时间', 's', [9.4, 12.5], 1),
    analyte('INR', '国际标准化比值', '', [0.8, 1.2], 2),
    analyte('APTT', '活化部分凝血活酶时间', 's', [25.1, 36.5], 1),
    analyte('TT', '凝血酶时间', 's', [10.3, 16.6], 1),
    analyte('FIB', '纤维蛋白原', 'g/L', [2, 4], 2),
    analyte('D-Dimer', 'D-二聚体', 'mg/L FEU', [undefined, 0.5], 2, '<0.50'),
  ],
}

export const TUMOUR_MARKERS: Panel = {
  title: '肿瘤标志物',
  analytes: (body) => [
    analyte('AFP', '甲胎蛋白', 'ng/mL', [undefined, 7], 2, '<7.00'),
    analyte('CEA', '癌胚抗原', 'ng/mL', [undefined, 5], 2, '<5.00'),
    analyte('CA19-9', '糖类抗原 19-9', 'U/mL', [undefined, 27], 2, '<27.00'),
    body === 'man'
      ? analyte('tPSA', '总前列腺特异性抗原', 'ng/mL', [undefined, 4], 3, '<4.000')
      : analyte('CA125', '糖类抗原 125', 'U/mL', [undefined, 35], 2, '<35.00'),
  ],
}

export const INFLAMMATION: Panel = {
  title: '炎症指标',
  analytes: (body) => [
    analyte('CRP', 'C 反应蛋白', 'mg/L', [undefined, 6], 2, '<6.00'),
    analyte('PCT', '降钙素原', 'ng/mL', [undefined, 0.05], 3, '<0.050'),
    analyte('ESR', '红细胞沉降率', 'mm/h', [undefined, man(body, 15, 20)], 0, man(body, '0-15', '0-20')),
  ],
}

/** The two of the heart that come back below what can be counted, in healthy people. */
export const HEART: Panel = {
  title: '心肌标志物',
  analytes: () => [
    analyte('cTnI', '肌钙蛋白 I', 'ng/mL', [undefined, 0.04], 3, '<0.040'),
    analyte('CK-MB', '肌酸激酶同工酶', 'ng/mL', [undefined, 5], 2, '<5.00'),
    analyte('NT-proBNP', '氨基末端脑钠肽前体', 'pg/mL', [undefined, 125], 0, '<125'),
  ],
}
