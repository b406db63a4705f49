// Compiled, never run: the patient app's plain types of reports must say exactly what the server's schemas say.
import type { RecordKind } from '../../apps/patient/src/api/purposes.ts'
import type { Mark, RecordDetail, RecordList, Trend } from '../../apps/patient/src/api/record-types.ts'
import type * as records from '../../apps/server/src/records/record-views.ts'

type Fixed<T> = T extends readonly (infer E)[]
  ? readonly Fixed<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Fixed<T[K]> }
    : T
/** True only if each can stand in for the other; `readonly` aside, which a phone adds on purpose. */
type Same<A, B> = [Fixed<A>] extends [Fixed<B>] ? ([Fixed<B>] extends [Fixed<A>] ? true : false) : false
type Holds<T extends true> = T

export type Contract = [
  Holds<Same<RecordKind, (typeof records.RECORD_KINDS)[number]>>,
  Holds<Same<Mark, (typeof records.MARKS)[number]>>,
  Holds<Same<RecordList, records.RecordList>>,
  Holds<Same<RecordDetail, records.RecordDetail>>,
  Holds<Same<Trend, records.Trend>>,
]
