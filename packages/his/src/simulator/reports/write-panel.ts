import type { Indicator } from '../../reports.ts'
import { randomOf } from '../random-of.ts'
import { type Body, below, measure, normalValue } from './analyte.ts'
import type { NewReport } from './make-report.ts'
import type { Panel } from './panels.ts'

export interface PanelResult {
  readonly body: Body
  /** Tells one of a patient from the next. */
  readonly nth?: number
  /** By code; a text such as `<0.01` is what the method cannot count. What is not given is normal. */
  readonly values?: Readonly<Record<string, number | `<${string}`>>
}

/** A panel of the laboratory, with the values that matter and normal ones for the rest. */
export function writePanel(
  seed: number,
  patid: string,
  panel: Panel,
  { body, nth = 1, values = {} }: PanelResult,
): NewReport {
  const random = randomOf(seed, panel.title, patid, nth)
  const indicators = panel.analytes(body).map((one): Indicator => {
    // Drawn in any case: a given value does not shift the others.
    const normal = one.code === 'eGFR' ? 90 + random() * 20 : normalValue(random, one)
    const value = values[one.code] ?? normal
    return typeof value === 'string' ? below(one, value.slice(1)) : measure(one, value)
  })
  return { kind: 'lab', title: panel.title, departmentName: '检验科', doctorName: '金晓岚', indicators }
}
