import { groupOf } from './write-entry.ts'

const UNITS = ['mmol/L', 'mEq/L', 'mg/dL']

export const ELECTROLYTES = groupOf('电解质', 'blood', [
  {
    id: 'potassium',
    words: ['血钾', '血清钾'],
    shared: ['K', 'K+', '钾', '钾离子'],
    units: UNITS,
    what: '维持心跳和肌肉力量的矿物质。',
    high: '抽血时红细胞破裂、肾功能下降',
    low: '进食少、呕吐、腹泻、出汗多',
  },
  {
    id: 'sodium',
    words: ['血钠', '血清钠'],
    shared: ['Na', 'Na+', '钠', '钠离子'],
    units: UNITS,
    what: '维持身体水分平衡的矿物质。',
    high: '喝水少、出汗多、腹泻',
    low: '呕吐、腹泻、喝水过多或吃盐太少',
  },
  {
    id: 'chloride',
    words: ['血氯', '血清氯'],
    shared: ['Cl', 'Cl-', '氯', '氯离子', '氯化物'],
    units: UNITS,
    what: '与钠一起维持水分和酸碱平衡的矿物质。',
    high: '缺水、腹泻等情况',
    low: '呕吐、出汗多等情况',
  },
  {
    id: 'calcium',
    words: ['血钙', '血清钙', '总钙'],
    shared: ['Ca', 'Ca2+', 'Ca++', '钙'],
    units: UNITS,
    what: '骨骼、神经和肌肉都需要的矿物质。',
    high: '缺水、甲状旁腺活跃等情况',
    low: '缺少维生素 D、白蛋白偏低等情况',
  },
  {
    id: 'phosphorus',
    words: ['血磷', '血清磷', '无机磷', '血清无机磷'],
    shared: ['P', 'PHOS', 'IP', '磷'],
    units: UNITS,
    what: '与钙一起组成骨骼的矿物质。',
    high: '肾功能下降、儿童生长期',
    low: '进食少、缺少维生素 D',
  },
  {
    id: 'magnesium',
    words: ['血镁', '血清镁'],
    shared: ['Mg', 'Mg2+', 'Mg++', '镁'],
    units: UNITS,
    what: '神经、肌肉和心跳需要的矿物质。',
    high: '肾功能下降等情况',
    low: '进食少、腹泻、长期饮酒',
  },
  {
    id: 'carbon-dioxide',
    words: ['TCO2', 'CO2CP', 'CO2-CP', '二氧化碳结合力', '总二氧化碳', '碳酸氢根', '碳酸氢盐'],
    shared: ['CO2', 'HCO3', 'HCO3-', '二氧化碳'],
    units: ['mmol/L'],
    what: '反映血液的酸碱平衡。',
    high: '呕吐、慢性肺部问题等情况',
    low: '腹泻、肾功能下降、血糖控制不好时',
  },
])
