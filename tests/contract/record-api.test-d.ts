// Compiled, never run: the patient app's plain types of reports must say exactly what the server's schemas say.
import type { RecordKind } from '../../apps/patient/src/api/purposes.ts'
import type { Mark, RecordDetail, RecordList, Trend } from '../../apps/patient/src/api/record-types.ts'
import type * as records from '../../apps/server/src/records/record-views.ts'
import type { Holds, Same } from './same.ts'

export type Contract = [
  Holds<Same<RecordKind, (typeof records.RECORD_KINDS)[number]>>,
  Holds<Same<Mark, (typeof records.MARKS)[number]>>,
  Holds<Same<RecordList, records.RecordList>>,
  Holds<Same<RecordDetail, records.RecordDetail>>,
  Holds<Same<Trend, records.Trend>>,
]
