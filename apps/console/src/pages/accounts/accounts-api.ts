import { get, post } from '../../api/request.ts'

export interface Account {
  readonly id: string
  readonly loginName: string
  readonly displayName: string
  readonly role: string
  /** Null: all of the installation. */
  readonly hospitals: readonly string[] | null
  readonly state: 'waiting' | 'active' | 'locked' | 'disabled'
  readonly hasSecondFactor: boolean
  /** Its password was made by somebody else and is not changed yet. */
  readonly isPasswordGiven: boolean
  readonly createdBy: string
  readonly createdAtMs: number
  readonly approvedBy: string | null
  readonly lastSignInAtMs: number | null
}

export interface NewAccount {
  readonly loginName: string
  readonly displayName: string
  readonly role: string
  /** Absent: all of the installation. */
  readonly hospitals?: readonly string[]
}

export type Control = 'approve' | 'disable' | 'enable' | 'unlock' | 'reset-password' | 'reset-second-factor'

export interface Roles {
  readonly roles: readonly { readonly role: string; readonly name: string; readonly about: string }[]
  readonly permissions: readonly {
    readonly permission: string
    readonly name: string
    readonly roles: readonly string[]
  }[]
}

export const accountsApi = {
  list: (signal: AbortSignal) => get<{ accounts: readonly Account[] }>('/accounts', {}, signal),
  create: (account: NewAccount) => post<{ oneTimePassword: string }>('/accounts', account),
  control: (id: string, control: Control, reason: string) =>
    post<{ oneTimePassword?: string }>(`/accounts/${encodeURIComponent(id)}/${control}`, { reason }),
  roles: (signal: AbortSignal) => get<Roles>('/roles', {}, signal),
}
