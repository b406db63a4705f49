// Offline applications as this app shows them; `tests/contract/refund-api.test-d.ts` ties these to the gateway's schemas.

/** Why somebody cannot take a deposit back on the phone. */
export type OfflineReason =
  | 'proxy'
  | 'deceased'
  | 'minor'
  | 'no-resident-id'
  | 'not-in-source'
  | 'device-unsupported'
  | 'other'

export type DocumentKind =
  | 'applicant-id'
  | 'patient-id'
  | 'guardian-id'
  | 'authorisation'
  | 'death-certificate'
  | 'relation-proof'
  | 'household-register'
  | 'birth-certificate'
  | 'visit-card'
  | 'recharge-receipt'
  | 'bank-card'
  | 'other'

export type DocumentType = 'image/jpeg' | 'image/png' | 'application/pdf'

export type OfflineState =
  | 'draft'
  | 'submitted'
  | 'in-review'
  | 'more-documents'
  | 'approved'
  | 'rejected'
  | 'paid-out'
  | 'withdrawn'

export type KindName = { readonly kind: DocumentKind; readonly name: string }
/** Any one of these will do. */
export type Demand = { readonly text: string; readonly anyOf: readonly KindName[] }

export type OfflineForm = {
  /** Null: open. Otherwise what to do instead. */
  readonly closed: string | null
  readonly notes: readonly string[]
  readonly reasons: readonly {
    readonly reason: OfflineReason
    readonly name: string
    readonly documents: readonly Demand[]
  }[]
  readonly documentKinds: readonly KindName[]
  readonly maxDocuments: number
  readonly maxDocumentBytes: number
  readonly phone: string
  readonly counter: string
}

export type OfflineDocument = {
  readonly id: string
  readonly kind: DocumentKind
  readonly kindName: string
  readonly name: string
  readonly contentType: DocumentType
  readonly sizeBytes: number
  readonly addedAtMs: number
}

type Applicant = {
  readonly name: string
  readonly idNumber: string
  readonly phone: string
  readonly relation: string
}
type ApplicationPatient = {
  readonly name: string
  readonly idNumber: string | null
  readonly cardNumber: string | null
}

export type OfflineApplication = {
  readonly id: string
  readonly reason: OfflineReason
  readonly reasonName: string
  readonly state: OfflineState
  readonly title: string
  readonly message: string
  /** What the hospital says: what is missing, or why it was refused. */
  readonly said: string | null
  readonly applicant: Applicant
  readonly patient: ApplicationPatient
  readonly note: string | null
  readonly documents: readonly OfflineDocument[]
  readonly missing: readonly Demand[]
  readonly amountFen: number | null
  readonly payout: {
    readonly how: 'window' | 'bank-transfer'
    readonly howName: string
    readonly voucher: string
    readonly atMs: number
  } | null
  readonly createdAtMs: number
  readonly submittedAtMs: number | null
  readonly movedAtMs: number
  readonly can: { readonly changeDocuments: boolean; readonly submit: boolean; readonly withdraw: boolean }
  readonly phone: string
}

export type NewApplication = {
  readonly reason: OfflineReason
  readonly applicant: Applicant
  readonly patient: ApplicationPatient
  readonly note: string
  readonly requestKey: string
}

export type NewDocument = {
  readonly kind: DocumentKind
  readonly name: string
  readonly contentType: DocumentType
  readonly base64: string
}
