import type { Assurance } from './purposes.ts'

// Plain types; `tests/contract/card-code-api.test-d.ts` ties them to the gateway's schemas.
/** Unmasked: lives in the page's memory only, never in the phone's storage. */
export type PersonalData = {
  readonly patientId: string
  readonly name: string
  readonly idType: string
  readonly idNumber: string
  readonly phone: string | null
  readonly address: string | null
  readonly visitCard: string | null
  readonly mayChange: boolean
  readonly changeUnderWay: boolean
  readonly grant: { readonly assurance: Assurance; readonly expiresAt: string }
}
export type PersonalDataChange = {
  readonly phone?: string | undefined
  readonly address?: string | undefined
}
