import * as panel from './panels.ts'
import { type Dated, type Subject, writersFor } from './subject.ts'
import * as visit from './visits.ts'
import * as examined from './write-examinations.ts'
import { INPATIENT_DAYS, writeInpatientDay } from './write-inpatient-stay.ts'
import * as words from './write-words.ts'

const STAY_BEGAN = 152

/** Two years of 李明华: a white count that rises slowly, and a bleeding ulcer with five days in the ward. */
export function timelineOfLiMinghua(subject: Subject): readonly Dated[] {
  const { lab, blood, seen, checkUp } = writersFor(subject)
  return [
    [1, blood(9, { WBC: 10.86, HGB: 126 })],
    [2, lab(panel.INFLAMMATION, { values: { CRP: 8.4, PCT: '<0.020' } })],
    ...seen(12, visit.STOMACH_VISIT),
    [12, examined.CHEST_CT_AGAIN],
    ...seen(35, visit.LIPID_VISIT),
    [35, lab(panel.LIVER, { values: { ALT: 62, GGT: 71 } })],
    [35, lab(panel.GLUCOSE, { values: { GLU: 6.42 } })],
    [35, lab(panel.LIPIDS, { nth: 2, values: { TC: 5.83, TG: 2.11, 'LDL-C': 3.92 } })],
    [36, examined.ABDOMINAL_US],
    [60, blood(8, { WBC: 8.97, HGB: 121 })],
    [62, words.writeBreathTest(false)],
    [80, checkUp([26.1, 134, 86, 76, 3.92, 5.9, 436], '超重；低密度脂蛋白胆固醇、尿酸偏高')],
    [81, lab(panel.TUMOUR_MARKERS, { values: { 'CA19-9': '<0.60' } })],
    [81, lab(panel.THYROID)],
    [81, words.writeUrine()],
    ...seen(118, visit.FOLLOW_UP_VISIT),
    [118, words.writeBreathTest(true)],
    [120, blood(7, { WBC: 8.24, HGB: 108 })],
    [146, examined.GASTRIC_PATHOLOGY],
    ...seen(STAY_BEGAN - INPATIENT_DAYS + 1, visit.ULCER_DISCHARGE),
    [148, lab(panel.KIDNEY, { values: { K: 3.62 } })],
    [149, blood(6, { WBC: 7.96, HGB: 84 })],
    [151, examined.GASTROSCOPY],
    [STAY_BEGAN, blood(5, { WBC: 7.45, HGB: 56, critical: 'HGB' })],
    [STAY_BEGAN, lab(panel.COAGULATION)],
    [STAY_BEGAN, lab(panel.HEART, { values: { cTnI: '<0.010', 'NT-proBNP': 88 } })],
    [STAY_BEGAN, words.writeStool()],
    [STAY_BEGAN, examined.ECG],
    ...Array.from({ length: INPATIENT_DAYS }, (_, day): Dated => [STAY_BEGAN - day, writeInpatientDay(day)]),
    [240, examined.LUMBAR_MR],
    ...seen(330, visit.COLD_VISIT),
    [330, blood(4, { WBC: 6.88, HGB: 147 })],
    [377, examined.CHEST_CT],
    [400, words.writeHepatitisB()],
    [445, checkUp([25.2, 128, 82, 72, 3.51, 5.6, 402], '超重；低密度脂蛋白胆固醇偏高')],
    [446, lab(panel.LIPIDS, { values: { TC: 5.31, 'LDL-C': 3.51 } })],
    [455, blood(3, { WBC: 6.05, HGB: 149 })],
    [580, blood(2, { WBC: 5.31, HGB: 150 })],
    [610, examined.KNEE_DR],
    [700, blood(1, { WBC: 4.62, HGB: 152 })],
  ]
}

/** 李小宝: a child's cough. */
export function timelineOfLiXiaobao(subject: Subject): readonly Dated[] {
  const { blood, seen } = writersFor(subject)
  return [
    [20, blood(2, { WBC: 12.4 })],
    [20, words.writeRespiratoryAntibodies()],
    [20, examined.CHEST_DR],
    ...seen(20, visit.CHILD_COLD_VISIT),
    [200, blood(1)],
  ]
}

/** 赵德福: an old man with heart, pressure and sugar. */
export function timelineOfZhaoDefu(subject: Subject): readonly Dated[] {
  const { lab, blood, seen } = writersFor(subject)
  return [
    ...seen(30, visit.HEART_VISIT),
    [30, lab(panel.LIVER)],
    [30, lab(panel.KIDNEY, { values: { CREA: 112, UA: 447, eGFR: 58.3, K: 5.42 } })],
    [30, lab(panel.GLUCOSE, { nth: 2, values: { GLU: 8.31, HbA1c: 7.2 } })],
    [30, lab(panel.COAGULATION, { values: { INR: 2.31, PT: 26.4 } })],
    [30, lab(panel.TUMOUR_MARKERS, { values: { tPSA: 5.812 } })],
    [31, lab(panel.HEART, { values: { cTnI: '<0.010', 'NT-proBNP': 864 } })],
    [31, examined.ECG_OF_OLD_AGE],
    [31, examined.CHEST_CT],
    [210, lab(panel.GLUCOSE, { values: { GLU: 9.15, HbA1c: 8.1 } })],
    [211, blood(1, { HGB: 124 })],
  ]
}

/** 孙桂珍, in the first of her three archives: a thyroid that is watched. */
export function timelineOfSunGuizhen(subject: Subject): readonly Dated[] {
  const { lab, blood, checkUp } = writersFor(subject)
  return [
    [60, checkUp([22.4, 136, 84, 70, 3.12, 5.4, 298], '甲状腺右叶结节')],
    [61, blood(1)],
    [61, lab(panel.THYROID, { nth: 2, values: { TSH: '<0.010', FT4: 24.6, TPOAb: 112.4 } })],
    [61, examined.THYROID_US],
    [240, lab(panel.THYROID, { values: { TSH: 0.182 } })],
    [425, checkUp([22.1, 132, 80, 68, 3.05, 5.3, 287], '体重指数、血压、血脂、血糖均在参考范围内')],
  ]
}

/** 吴涛: a knee. */
export function timelineOfWuTao(subject: Subject): readonly Dated[] {
  const { seen } = writersFor(subject)
  return [[44, examined.KNEE_MR], ...seen(45, visit.KNEE_VISIT), [45, examined.KNEE_DR]]
}

/** A blood count and, for some, what a first visit orders. */
export function timelineOfSomebody(subject: Subject, serial: number): readonly Dated[] {
  const { lab, blood } = writersFor(subject)
  const count: Dated = [1 + (serial % 90), blood(1)]
  return serial % 10 === 0 ? [count, [1 + (serial % 60), lab(panel.LIVER)]] : [count]
}
