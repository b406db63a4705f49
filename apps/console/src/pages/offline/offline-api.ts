import { get, getFile, post, type Query } from '../../api/request.ts'

/** Names and numbers are masked unless somebody gave a reason to see them. */
export interface Listed {
  readonly id: string
  readonly reasonName: string
  readonly state: string
  readonly applicantName: string
  readonly patientName: string
  readonly reviewer: string | null
  readonly proposal: { readonly by: string; readonly amountFen: number; readonly atMs: number } | null
  readonly amountFen: number | null
  readonly submittedAtMs: number
  readonly movedAtMs: number
}

export interface OfflineDocument {
  readonly id: string
  readonly kindName: string
  readonly contentType: 'image/jpeg' | 'image/png' | 'application/pdf'
  readonly sizeBytes: number
  readonly addedAtMs: number
}

export interface Application extends Listed {
  readonly unmasked: boolean
  readonly applicant: {
    readonly name: string
    readonly idNumber: string
    readonly phone: string
    readonly relation: string
  }
  readonly patient: {
    readonly name: string
    readonly idNumber: string | null
    readonly cardNumber: string | null
  }
  readonly hasNote: boolean
  readonly note: string | null
  readonly said: string | null
  readonly documents: readonly OfflineDocument[]
  readonly missing: readonly { readonly text: string }[]
  readonly payout: { readonly howName: string; readonly voucher: string; readonly atMs: number } | null
  readonly ledger: {
    readonly patid: string | null
    readonly archives: readonly {
      readonly patid: string
      readonly balanceFen: number
      readonly refundedFen: number
    }[]
  }
  readonly steps: readonly {
    readonly happening: string
    readonly name: string
    readonly actor: string
    readonly said: string | null
    readonly amountFen: number | null
    readonly atMs: number
  }[]
  readonly samePatient: readonly {
    readonly id: string
    readonly state: string
    readonly stateName: string
    readonly amountFen: number | null
    readonly submittedAtMs: number
  }[]
  readonly secondFromFen: number
  readonly can: Readonly<Record<'take' | 'ask' | 'approve' | 'reject' | 'reopen' | 'payOut', boolean>>
}

export interface OfflineList {
  readonly counts: Readonly<Record<string, number>>
  readonly applications: readonly Listed[]
  readonly next: string | null
}

const ROOT = '/refunds/offline'
const of = (id: string) => `${ROOT}/${encodeURIComponent(id)}`

export const offlineApi = {
  list: (query: Query, signal: AbortSignal) => get<OfflineList>(ROOT, query, signal),
  read: (hospital: string, id: string, signal: AbortSignal) => get<Application>(of(id), { hospital }, signal),
  unmask: (hospital: string, id: string, reason: string) =>
    post<Application>(`${of(id)}/unmask`, { hospital, reason }),
  /** `take`, `ask`, `approve`, `reject`, `reopen` or `payout`. */
  act: (hospital: string, id: string, way: string, body: object = {}) =>
    post<Application>(`${of(id)}/${way}`, { hospital, ...body }),
  document: (hospital: string, id: string, documentId: string, signal?: AbortSignal) =>
    getFile(`${of(id)}/documents/${encodeURIComponent(documentId)}`, { hospital }, signal),
}
