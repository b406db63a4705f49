import { DAY_MS, HOUR_MS } from '@zhangyi/core'
import type { Report } from '../../reports.ts'
import { patidOf } from '../file-archive.ts'
import { makeReport, type NewReport } from './make-report.ts'
import { writeBloodCount, writeChemistry, writeHepatitisB } from './write-lab.ts'
import {
  writeAbdominalUltrasound,
  writeCheckUp,
  writeChestCt,
  writeDiagnosis,
  writeInpatientDay,
  writePrescription,
} from './write-other-reports.ts'

type Dated = readonly [daysAgo: number, written: NewReport]

// Every so many-th generated archive was at the laboratory.
const ONE_IN = 5

/** All reports that the seed makes for one archive; `serial` is its place in the order of filing. */
export function seedReports(seed: number, serial: number, openedAtMs: number): readonly Report[] {
  const patid = patidOf(serial)
  return reportsOf(seed, serial, patid).map(([daysAgo, written], index) => {
    const reportedAt = new Date(openedAtMs - daysAgo * DAY_MS - (index + 1) * HOUR_MS).toISOString()
    return makeReport(patid, `BG-${serial}-${index + 1}`, { ...written, reportedAt }, openedAtMs)
  })
}

function reportsOf(seed: number, serial: number, patid: string): readonly Dated[] {
  const bloodCount = writeBloodCount(seed, patid)
  switch (serial) {
    // 李明华 has some of every kind.
    case 1:
      return [
        [1, bloodCount],
        [12, writeChestCt()],
        [12, writeDiagnosis()],
        [12, writePrescription()],
        [35, writeChemistry(seed, patid)],
        [36, writeAbdominalUltrasound()],
        [80, writeCheckUp()],
        [150, writeInpatientDay()],
        [149, writeInpatientDay()],
        [400, writeHepatitisB()],
      ]
    case 2:
      return [[20, bloodCount]]
    case 3:
      return [
        [30, writeChemistry(seed, patid)],
        [31, writeChestCt()],
      ]
    case 4:
      return [
        [60, writeCheckUp()],
        [61, bloodCount],
      ]
    default:
      return serial % ONE_IN === 0 ? [[serial % 90, bloodCount]] : []
  }
}
