import { fen } from '@zhangyi/core'
import type { ReportLine } from '../../reports.ts'
import type { NewReport } from './make-report.ts'

export type Drug = readonly [
  name: string,
  specification: string,
  quantity: string,
  usage: string,
  amountFen: number,
]

export interface Visit {
  readonly departmentName: string
  readonly doctorName: string
  readonly complaint: string
  /** With the codes of ICD-10. */
  readonly diagnosis: string
  readonly advice: string
  readonly drugs: readonly Drug[]
  /** 出院 instead of 门诊. */
  readonly discharge?: boolean
}

/** 门诊诊断 or 出院诊断. */
export function writeDiagnosis({ departmentName, doctorName, ...visit }: Visit): NewReport {
  return {
    kind: 'diagnosis',
    title: visit.discharge ? '出院诊断' : '门诊诊断',
    departmentName,
    doctorName,
    sections: [
      { title: visit.discharge ? '入院情况' : '主诉', text: visit.complaint },
      { title: '诊断', text: visit.diagnosis },
      { title: visit.discharge ? '出院医嘱' : '处理意见', text: visit.advice },
    ],
  }
}

/** 处方, with what each drug costs. */
export function writePrescription({ departmentName, doctorName, ...visit }: Visit): NewReport {
  const lines = visit.drugs.map(
    ([name, specification, quantity, usage, amountFen]): ReportLine => ({
      ...{ name, specification, quantity, usage, amount: fen(amountFen) },
    }),
  )
  return {
    kind: 'prescription',
    title: visit.discharge ? '出院带药处方' : '门诊处方',
    departmentName,
    doctorName,
    sections: [{ title: '临床诊断', text: visit.diagnosis.replace(/（[A-Z]\d{2}[^）]*）/g, '') }],
    lines,
  }
}
