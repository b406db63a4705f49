import type { Demand, KindName, OfflineApplication, OfflineForm } from './offline-types.ts'
import { count, flag, listOf, listOfKnown, oneOf, orNull, type Reader, record, text } from './read.ts'

const reason = oneOf(
  'proxy',
  'deceased',
  'minor',
  'no-resident-id',
  'not-in-source',
  'device-unsupported',
  'other',
)
const kind = oneOf(
  'applicant-id',
  'patient-id',
  'guardian-id',
  'authorisation',
  'death-certificate',
  'relation-proof',
  'household-register',
  'birth-certificate',
  'visit-card',
  'recharge-receipt',
  'bank-card',
  'other',
)
const kindName: Reader<KindName> = record({ kind, name: text })
const demand: Reader<Demand> = record({ text, anyOf: listOfKnown(kindName) })

export const offlineForm: Reader<OfflineForm> = record({
  closed: orNull(text),
  notes: listOf(text),
  reasons: listOfKnown(record({ reason, name: text, documents: listOf(demand) })),
  documentKinds: listOfKnown(kindName),
  maxDocuments: count,
  maxDocumentBytes: count,
  phone: text,
  counter: text,
})

export const offlineApplication: Reader<OfflineApplication> = record({
  id: text,
  reason,
  reasonName: text,
  state: oneOf(
    'draft',
    'submitted',
    'in-review',
    'more-documents',
    'approved',
    'rejected',
    'paid-out',
    'withdrawn',
  ),
  title: text,
  message: text,
  said: orNull(text),
  applicant: record({ name: text, idNumber: text, phone: text, relation: text }),
  patient: record({ name: text, idNumber: orNull(text), cardNumber: orNull(text) }),
  note: orNull(text),
  documents: listOf(
    record({
      id: text,
      kind,
      kindName: text,
      name: text,
      contentType: oneOf('image/jpeg', 'image/png', 'application/pdf'),
      sizeBytes: count,
      addedAtMs: count,
    }),
  ),
  missing: listOf(demand),
  amountFen: orNull(count),
  payout: orNull(
    record({ how: oneOf('window', 'bank-transfer'), howName: text, voucher: text, atMs: count }),
  ),
  createdAtMs: count,
  submittedAtMs: orNull(count),
  movedAtMs: count,
  can: record({ changeDocuments: flag, submit: flag, withdraw: flag }),
  phone: text,
})

export const offlineApplications: Reader<{ applications: OfflineApplication[] }> = record({
  applications: listOf(offlineApplication),
})
