import type { Body } from './analyte.ts'
import type { NewReport } from './make-report.ts'
import type { Panel } from './panels.ts'
import { type CountedBlood, writeBloodCount } from './write-blood-count.ts'
import { writeCheckUp } from './write-check-up.ts'
import { type PanelResult, writePanel } from './write-panel.ts'
import { type Visit, writeDiagnosis, writePrescription } from './write-visit.ts'

/** What the values of one archive are drawn from. */
export interface Subject {
  readonly seed: number
  readonly patid: string
  readonly body: Body
}

/** A report so many days before the hospital opened; at least one, so that none lies ahead. */
export type Dated = readonly [daysAgo: number, written: NewReport]

/** The writers of reports that belong to one archive. */
export function writersFor({ seed, patid, body }: Subject) {
  return {
    lab: (panel: Panel, result: Omit<PanelResult, 'body'> = {}) =>
      writePanel(seed, patid, panel, { body, ...result }),
    blood: (nth: number, counted: Omit<CountedBlood, 'body' | 'nth'> = {}) =>
      writeBloodCount(seed, patid, { body, nth, ...counted }),
    checkUp: (values: readonly number[], found: string) =>
      writeCheckUp({
        body,
        values,
        conclusion: `${found}。其余所查项目未见明显异常。`,
        advice: '均衡饮食，控制油脂和甜食，每周中等强度运动 150 分钟以上，三个月后复查异常项目。',
      }),
    seen: (daysAgo: number, visit: Visit): readonly Dated[] => [
      [daysAgo, writeDiagnosis(visit)],
      [daysAgo, writePrescription(visit)],
    ],
  }
}
