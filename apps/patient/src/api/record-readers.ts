import { count, flag, listOf, oneOf, orNull, type Reader, record, text, Unreadable } from './read.ts'
import type {
  GrantOfRecords,
  Indicator,
  Mark,
  RecordDetail,
  RecordLine,
  RecordList,
  RecordPatient,
  RecordSummary,
  Trend,
  TrendPoint,
} from './record-types.ts'

const kind = oneOf('lab', 'examination', 'check-up', 'inpatient-day', 'prescription', 'diagnosis')
const knownMark = oneOf('low', 'normal', 'high', 'abnormal', 'critical', 'unmarked')

const number: Reader<number> = (value) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Unreadable('number')
  return value
}

// A mark that only a newer gateway knows must not hide that a value is marked: the words beside it say which.
const mark: Reader<Mark> = (value) => {
  try {
    return knownMark(value)
  } catch {
    text(value)
    return 'abnormal'
  }
}

const grant: Reader<GrantOfRecords> = record({
  assurance: oneOf('real-person', 'proxy', 'trusted', 'fallback'),
  expiresAt: text,
})
const patient: Reader<RecordPatient> = record({ id: text, name: text })

const summary: Reader<RecordSummary> = record({
  key: text,
  title: text,
  departmentName: orNull(text),
  reportedAt: text,
  abnormal: orNull(flag),
  modality: orNull(text),
})

export const recordList: Reader<RecordList> = record({
  kind,
  patient,
  from: text,
  to: text,
  records: listOf(summary),
  grant,
})

const indicator: Reader<Indicator> = record({
  id: text,
  name: text,
  value: text,
  unit: orNull(text),
  referenceRange: orNull(text),
  mark,
  markText: text,
  number: orNull(number),
  low: orNull(number),
  high: orNull(number),
  explanation: orNull(record({ what: text, direction: orNull(text), tableVersion: text })),
})

const line: Reader<RecordLine> = record({
  name: text,
  specification: orNull(text),
  quantity: orNull(text),
  usage: orNull(text),
  amountFen: orNull(count),
})

export const recordDetail: Reader<RecordDetail> = record({
  kind,
  key: text,
  patient,
  title: text,
  departmentName: orNull(text),
  doctorName: orNull(text),
  reportedAt: text,
  modality: orNull(text),
  abnormalCount: count,
  indicators: listOf(indicator),
  sections: listOf(record({ title: text, text })),
  lines: listOf(line),
  totalFen: orNull(count),
  interpretation: orNull(record({ scene: text, hospitalId: text, healthCardId: text, openId: text })),
  grant,
})

const point: Reader<TrendPoint> = record({ reportedAt: text, value: text, number, mark, markText: text })

export const trend: Reader<Trend> = record({
  name: text,
  unit: orNull(text),
  low: orNull(number),
  high: orNull(number),
  points: listOf(point),
})
