import type { Drug, Visit } from './write-visit.ts'

const gastroenterology = { departmentName: '消化内科', doctorName: '沈文远' } as const
const ACID: Drug = ['奥美拉唑肠溶胶囊', '20mg×14 粒', '2 盒', '口服，每次 20mg，每日 2 次，早晚餐前', 5_640]

export const STOMACH_VISIT: Visit = {
  ...gastroenterology,
  complaint: '上腹部隐痛、反酸两周。',
  diagnosis: '1. 慢性胃炎（K29.500）。2. 胃食管反流（K21.900）。',
  advice: '清淡饮食，按时服药，两周后复诊。',
  drugs: [ACID, ['铝碳酸镁咀嚼片', '0.5g×20 片', '1 盒', '嚼服，每次 1 片，每日 3 次，餐后 1 小时', 2_380]],
}

export const ULCER_DISCHARGE: Visit = {
  ...gastroenterology,
  discharge: true,
  complaint: '黑便 2 天，伴头晕、乏力，门诊以「上消化道出血」收住入院。',
  diagnosis: '1. 十二指肠球部溃疡伴出血（K26.400）。2. 慢性胃炎（K29.500）。3. 失血性贫血（D62.x00）。',
  advice: '软食，忌烟酒，按时服药；一个月后消化内科复诊，复查血常规。如再有黑便，请立即急诊就诊。',
  drugs: [ACID, ['多糖铁复合物胶囊', '0.15g×10 粒', '3 盒', '口服，每次 1 粒，每日 1 次', 9_870]],
}

export const FOLLOW_UP_VISIT: Visit = {
  ...gastroenterology,
  complaint: '十二指肠溃疡出院一个月，无腹痛、黑便。',
  diagnosis: '1. 十二指肠球部溃疡（K26.900）。2. 幽门螺杆菌感染（A49.813）。',
  advice: '四联方案 14 天，停药一个月后复查呼气试验。',
  drugs: [
    ACID,
    ['枸橼酸铋钾胶囊', '0.3g×40 粒', '2 盒', '口服，每次 0.6g，每日 2 次，餐前半小时', 4_260],
    ['阿莫西林胶囊', '0.5g×24 粒', '3 盒', '口服，每次 1g，每日 2 次，餐后', 3_930],
    ['克拉霉素片', '0.25g×16 片', '4 盒', '口服，每次 0.5g，每日 2 次，餐后', 11_920],
  ],
}

export const LIPID_VISIT: Visit = {
  ...{ departmentName: '心血管内科', doctorName: '程敬之' },
  complaint: '体检发现血脂升高，无胸闷、胸痛。',
  diagnosis: '高胆固醇血症（E78.000）。',
  advice: '低脂饮食，坚持运动，三个月后复查血脂和肝功能。',
  drugs: [['阿托伐他汀钙片', '20mg×7 片', '4 盒', '口服，每次 20mg，每晚 1 次', 14_720]],
}

export const COLD_VISIT: Visit = {
  ...{ departmentName: '呼吸内科', doctorName: '闻人静' },
  complaint: '咽痛、咳嗽三天，最高体温 38.1℃。',
  diagnosis: '急性上呼吸道感染（J06.900）。',
  advice: '多饮水、休息；三天不退热或气促，请复诊。',
  drugs: [['对乙酰氨基酚片', '0.5g×20 片', '1 盒', '口服，每次 1 片，发热时服，24 小时内不超过 4 次', 960]],
}

export const CHILD_COLD_VISIT: Visit = {
  ...{ departmentName: '儿科', doctorName: '童欣悦' },
  complaint: '咳嗽一周，夜间明显，无气促。',
  diagnosis: '急性支气管炎（J20.900）。',
  advice: '多饮水，观察体温和呼吸；三天后复诊。',
  drugs: [['小儿氨溴索口服溶液', '100ml:0.6g', '1 瓶', '口服，每次 5ml，每日 2 次', 2_460]],
}

export const HEART_VISIT: Visit = {
  ...{ departmentName: '心血管内科', doctorName: '程敬之' },
  complaint: '阵发性心悸半年，活动后明显。',
  diagnosis: '1. 心房颤动（I48.x00）。2. 高血压病 2 级（I10.x04）。3. 2 型糖尿病（E11.900）。',
  advice: '按时服药，自测血压、脉搏；一个月后复诊。',
  drugs: [
    ['利伐沙班片', '15mg×7 片', '4 盒', '口服，每次 15mg，每日 1 次，与餐同服', 27_160],
    ['美托洛尔缓释片', '47.5mg×7 片', '4 盒', '口服，每次 47.5mg，每日 1 次，早晨', 6_440],
    ['二甲双胍缓释片', '0.5g×30 片', '2 盒', '口服，每次 0.5g，每日 2 次，随餐', 5_180],
  ],
}

export const KNEE_VISIT: Visit = {
  ...{ departmentName: '骨科', doctorName: '岳振山' },
  complaint: '右膝扭伤后疼痛一周。',
  diagnosis: '右膝内侧半月板损伤（S83.203）。',
  advice: '减少下蹲和上下楼，护膝固定，两周后复诊。',
  drugs: [['洛索洛芬钠片', '60mg×20 片', '1 盒', '口服，每次 60mg，疼痛时服，每日不超过 3 次', 2_890]],
}
