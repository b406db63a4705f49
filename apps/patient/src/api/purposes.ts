/** For what an identity is verified; `tests/contract` ties these to the gateway's. */
export type Purpose =
  | 'lab-report'
  | 'examination-report'
  | 'check-up-report'
  | 'inpatient-list'
  | 'prescription'
  | 'diagnosis'
  | 'personal-data'
  | 'card-code'
export type RecordKind = 'lab' | 'examination' | 'check-up' | 'inpatient-day' | 'prescription' | 'diagnosis'
export type Assurance = 'real-person' | 'proxy' | 'trusted' | 'fallback'
