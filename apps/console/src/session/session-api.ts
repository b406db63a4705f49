import { addressOf, get, post, remove } from '../api/request.ts'

/** What is still to be done before the console opens; `ready`: nothing. */
export type Stage = 'ready' | 'password' | 'enrol' | 'code'

export interface Hospital {
  readonly id: string
  readonly name: string
}

export interface MenuItem {
  readonly path: string
  readonly name: string
  /** A page of the server's own, outside this app. */
}

export interface Session {
  readonly stage: Stage
  readonly account: {
    readonly loginName: string
    readonly displayName: string
    readonly role: string
    readonly roleName: string
  }
  readonly hospitals: readonly Hospital[]
  readonly permissions: readonly string[]
  readonly menu: readonly { readonly group: string; readonly items: readonly MenuItem[] }[]
  readonly idleMinutes: number
}

export interface SecondFactor {
  readonly secret: string
  readonly uri: string
  /** `data:image/svg+xml…`: the same as a QR code. */
  readonly picture: string
}

type Next = { readonly stage: Stage }

export const sessionApi = {
  /** The hospital's own sign-in; a name only where there is one. */
  provider: () => get<{ name: string | null }>('/session/oidc'),
  providerAddress: (back: string | undefined) =>
    addressOf('/session/oidc/start', back === undefined ? undefined : { back }),
  read: () => get<Session>('/session'),
  signIn: (loginName: string, password: string) => post<Next>('/session', { loginName, password }),
  changePassword: (current: string, next: string) => post<Next>('/session/password', { current, next }),
  secondFactor: () => get<SecondFactor>('/session/second-factor'),
  sendCode: (code: string) => post<Next>('/session/second-factor', { code }),
  signOut: () => remove('/session'),
}
