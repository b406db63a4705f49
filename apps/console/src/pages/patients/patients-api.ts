import { get, post, type Query } from '../../api/request.ts'

/** Masked by the server. */
export interface Patient {
  readonly id: string
  readonly name: string
  readonly idType: string
  readonly idNumber: string
  readonly phone: string | null
  readonly relation: string
  readonly state: string
  readonly card: string
  readonly patid: string
  readonly visitCard: string | null
  readonly userId: string
  readonly createdAtMs: number
}

export interface PatientDetail extends Patient {
  readonly gender: string
  readonly birthYear: string
  readonly isDefault: boolean
  readonly unlinkedAtMs: number | null
  readonly healthCardId: string | null
  readonly confirmation: string | null
  readonly identities: readonly {
    readonly app: string
    readonly openid: string
    readonly createdAtMs: number
  }[]
  readonly consents: readonly {
    readonly version: string
    readonly acceptedAtMs: number
    readonly withdrawnAtMs: number | null
  }[]
  readonly others: readonly Patient[]
}

export interface Unmasked {
  readonly name: string
  readonly idNumber: string
  readonly phone: string | null
  readonly birthday: string
  readonly visitCard: string | null
}

/** What is looked for is a person's own: it never stands in an address. */
export interface PersonWish {
  readonly by: 'idNumber' | 'name' | 'phone'
  readonly text: string
}

export const patientsApi = {
  list: (query: Query, signal: AbortSignal) =>
    get<{ patients: readonly Patient[]; next: string | null }>('/patients', query, signal),
  search: (hospital: string, wish: PersonWish) =>
    post<{ patients: readonly Patient[]; isCut: boolean }>('/patients/search', { hospital, ...wish }),
  read: (hospital: string, id: string, signal: AbortSignal) =>
    get<PatientDetail>(`/patients/${encodeURIComponent(id)}`, { hospital }, signal),
  unmask: (hospital: string, id: string, reason: string) =>
    post<Unmasked>(`/patients/${encodeURIComponent(id)}/unmask`, { hospital, reason }),
}
