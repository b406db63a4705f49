import type { NewReport } from './make-report.ts'

interface Examined {
  readonly modality: string
  readonly title: string
  readonly departmentName: string
  readonly doctorName: string
  readonly abnormal: boolean
  readonly findings: string
  readonly conclusion: string
}

function examination({ findings, conclusion, ...rest }: Examined): NewReport {
  const sections = [
    { title: '检查所见', text: findings },
    { title: '检查结论', text: conclusion },
  ]
  return { kind: 'examination', ...rest, sections }
}

const radiology = { departmentName: '放射科', doctorName: '水海峰' } as const
const ultrasound = { departmentName: '超声科', doctorName: '章宁佳' } as const

export const CHEST_CT = examination({
  ...radiology,
  ...{ modality: 'CT', title: '胸部 CT 平扫', abnormal: true },
  findings:
    '胸廓对称，气管居中。两肺纹理清晰，右肺上叶尖段见一枚直径约 4mm 的磨玻璃小结节，边界清；余肺野未见明确实变影。纵隔未见肿大淋巴结，心影大小正常，双侧胸腔未见积液。',
  conclusion: '右肺上叶磨玻璃小结节（约 4mm），建议 12 个月后复查低剂量 CT。余胸部 CT 平扫未见明显异常。',
})

export const CHEST_CT_AGAIN = examination({
  ...radiology,
  ...{ modality: 'CT', title: '胸部 CT 平扫', abnormal: true },
  findings: '与前片比较：右肺上叶尖段磨玻璃小结节，直径约 4mm，大小、密度未见明显变化。余两肺未见新发病灶。',
  conclusion: '右肺上叶磨玻璃小结节，较前片无明显变化，建议每年随访。',
})

export const LUMBAR_MR = examination({
  ...radiology,
  ...{ modality: 'MR', title: '腰椎磁共振平扫', abnormal: true },
  findings:
    '腰椎生理曲度变直，序列连续。L4/5、L5/S1 椎间盘 T2WI 信号减低，L4/5 椎间盘向后轻度突出，硬膜囊前缘受压。椎管未见明显狭窄，脊髓圆锥形态、信号正常。',
  conclusion: '1. L4/5 椎间盘轻度突出。2. L4/5、L5/S1 椎间盘变性。',
})

export const KNEE_MR = examination({
  ...radiology,
  ...{ modality: 'MR', title: '右膝关节磁共振平扫', abnormal: true },
  findings: '右膝内侧半月板后角见线状高信号，未达关节面。前后交叉韧带连续，关节腔少量积液。',
  conclusion: '右膝内侧半月板后角Ⅱ级信号改变；关节腔少量积液。',
})

export const KNEE_DR = examination({
  ...radiology,
  ...{ modality: 'DR', title: '右膝关节正侧位 X 线摄片', abnormal: false },
  findings: '右膝关节诸骨骨质结构完整，关节间隙正常，未见骨折及脱位征象。',
  conclusion: '右膝关节正侧位片未见明显异常。',
})

export const CHEST_DR = examination({
  ...radiology,
  ...{ modality: 'DR', title: '胸部正位 X 线摄片', abnormal: false },
  findings: '两肺野清晰，肺纹理走行自然，未见实变影。心影大小、形态正常，两膈光整，肋膈角锐利。',
  conclusion: '心肺膈未见明显异常。',
})

export const ABDOMINAL_US = examination({
  ...ultrasound,
  ...{ modality: 'US', title: '肝胆胰脾彩超', abnormal: false },
  findings: '肝脏大小形态正常，实质回声均匀。胆囊壁光滑，腔内未见异常回声。胰、脾未见异常。',
  conclusion: '肝胆胰脾未见明显异常。',
})

export const THYROID_US = examination({
  ...ultrasound,
  ...{ modality: 'US', title: '甲状腺及颈部淋巴结彩超', abnormal: true },
  findings:
    '甲状腺大小正常，实质回声欠均匀。右叶中部见一大小约 5×4mm 的低回声结节，边界清，形态规则，未见钙化。双侧颈部未见异常肿大淋巴结。',
  conclusion: '甲状腺右叶结节，TI-RADS 3 类，建议 6～12 个月复查。',
})

export const GASTROSCOPY = examination({
  ...{ departmentName: '消化内镜中心', doctorName: '鲁亦凡', modality: 'ES' },
  ...{ title: '无痛胃镜检查', abnormal: true },
  findings:
    '食管黏膜光滑，齿状线清晰。胃窦黏膜充血水肿，散在糜烂。十二指肠球部前壁见一约 0.8×0.6cm 溃疡，表面覆血痂，周围黏膜充血，未见活动性出血。于胃窦取活检 2 块。',
  conclusion: '1. 十二指肠球部溃疡（A1 期，Forrest Ⅱc）。2. 慢性胃窦炎伴糜烂。病理结果另报。',
})

export const GASTRIC_PATHOLOGY = examination({
  ...{ departmentName: '病理科', doctorName: '席文静', modality: 'PATH' },
  ...{ title: '胃窦黏膜活检病理报告', abnormal: true },
  findings:
    '送检胃窦黏膜 2 块，灰白色，直径 0.2～0.3cm。镜下：黏膜慢性炎，间质淋巴细胞、浆细胞浸润，可见中性粒细胞。',
  conclusion: '（胃窦）黏膜慢性炎（中度），活动（+），肠化（-），萎缩（-），不典型增生（-），HP（+）。',
})

export const ECG = examination({
  ...{ departmentName: '心电图室', doctorName: '韦立群', modality: 'ECG' },
  ...{ title: '十二导联心电图', abnormal: false },
  findings:
    '心率 72 次/分，PR 间期 156ms，QRS 时限 92ms，QT/QTc 384/420ms。P 波、QRS 波形态正常，ST-T 未见异常。',
  conclusion: '窦性心律，正常心电图。',
})

export const ECG_OF_OLD_AGE = examination({
  ...{ departmentName: '心电图室', doctorName: '韦立群', modality: 'ECG' },
  ...{ title: '十二导联心电图', abnormal: true },
  findings: '心率 88 次/分，P 波消失，代以大小不等的 f 波，RR 间期绝对不等。QRS 时限 96ms。',
  conclusion: '1. 心房颤动。2. ST-T 轻度改变。请结合临床。',
})
