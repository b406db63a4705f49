import { ageAt, parseResidentId, shanghaiDay } from '@zhangyi/core'
import type { Archive } from '../../port.ts'
import type { Report } from '../../reports.ts'
import { dayAfter, instantOf } from '../day-range.ts'
import type { Body } from './analyte.ts'
import { makeReport } from './make-report.ts'
import type { Dated, Subject } from './subject.ts'
import {
  timelineOfLiMinghua,
  timelineOfLiXiaobao,
  timelineOfSomebody,
  timelineOfSunGuizhen,
  timelineOfWuTao,
  timelineOfZhaoDefu,
} from './timelines.ts'

// Every so many-th generated archive was at the laboratory.
const ONE_IN = 5
const GROWN_UP_AT = 18

type Timeline = (subject: Subject) => readonly Dated[]

/** The people whom the demonstration relies on, by their place in the order of filing. */
const KNOWN_TIMELINES: Readonly<Record<number, Timeline>> = {
  1: timelineOfLiMinghua,
  2: timelineOfLiXiaobao,
  3: timelineOfZhaoDefu,
  4: timelineOfSunGuizhen,
  7: timelineOfWuTao,
}

/** All reports that the seed makes for one archive; `serial` is its place in the order of filing. */
export function seedReports(
  seed: number,
  archive: Archive,
  serial: number,
  openedAtMs: number,
): readonly Report[] {
  const { patid } = archive
  const subject = { seed, patid, body: bodyOf(archive, openedAtMs) }
  const known = KNOWN_TIMELINES[serial]
  const dated = known ? known(subject) : serial % ONE_IN === 0 ? timelineOfSomebody(subject, serial) : []
  return dated.map(([daysAgo, written], index) => {
    const reportedAt = instantOf(dayAfter(openedAtMs, -daysAgo), timeOf(written.kind, index))
    return makeReport(patid, `BG-${serial}-${index + 1}`, { ...written, reportedAt }, openedAtMs)
  })
}

// By the Shanghai day and not by hours back from the opening: the lists of a stay lie on days that follow each other.
function timeOf(kind: Report['kind'], index: number): string {
  if (kind === 'inpatient-day') return '23:30'
  return `${String(8 + (index % 9)).padStart(2, '0')}:${String((index * 17) % 60).padStart(2, '0')}`
}

function bodyOf({ idType, idNumber }: Archive, nowMs: number): Body {
  const resident = idType === '01' ? parseResidentId(idNumber, shanghaiDay(nowMs)) : undefined
  if (!resident?.ok) return 'man'
  const { birthday, gender } = resident.value
  if (ageAt(birthday, nowMs) < GROWN_UP_AT) return 'child'
  return gender === '男' ? 'man' : 'woman'
}
