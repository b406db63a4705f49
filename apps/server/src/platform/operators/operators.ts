import type { FastifyRequest } from 'fastify'
import { AppError } from '../errors/catalogue.ts'
import { cookieOf } from '../sessions/session-of.ts'
import { may, type Permission } from './access/permissions.ts'
import { type Operator, operatorOf } from './accounts/account.ts'
import type { Door } from './sign-in/door.ts'
import { type FoundSession, findOperatorSession, SESSION_MS } from './sign-in/sessions.ts'

export interface OperatorsOptions extends Door {
  readonly publicOrigin: string
}

/** A hook that says what it asks for, so that the table of permissions can be held against all routes. */
export type Guard = ((request: FastifyRequest) => Promise<void>) & { readonly permission: Permission }

/** Who works at the console: known by the session behind a cookie, and held to the table of permissions. */
export class Operators {
  readonly #options: OperatorsOptions
  readonly #let = new WeakMap<FastifyRequest, Operator>()

  constructor(options: OperatorsOptions) {
    this.#options = options
  }

  get door(): Door {
    return this.#options
  }

  /**
   * For `onRequest`, before anything of the request is read: lets in who may do this. Throws `operator-not-signed-in`
   * without a session and `operator-forbidden` for a role that does not have it. Who it was is told by `of`.
   */
  guard(permission: Permission): Guard {
    const guard = async (request: FastifyRequest) => {
      this.#let.set(request, await this.#require(request, permission))
    }
    return Object.assign(guard, { permission })
  }

  /** Whom the guard of this request let in. */
  of(request: FastifyRequest): Operator {
    const operator = this.#let.get(request)
    if (!operator) throw new Error('a route of the console without a guard')
    return operator
  }

  async #require(request: FastifyRequest, permission: Permission): Promise<Operator> {
    const { session, account } = await this.sessionOf(request)
    if (session.stage !== 'ready') throw new AppError('operator-not-signed-in')
    if (!may(account.role, permission)) throw new AppError('operator-forbidden')
    return operatorOf(account)
  }

  /**
   * Whoever stands at the door, or is in. What changes something must come from our own pages: the cookie is never sent
   * from elsewhere, and the browser says where from.
   */
  async sessionOf(request: FastifyRequest): Promise<FoundSession> {
    if (request.method !== 'GET') this.requireOwnOrigin(request)
    const token = this.tokenOf(request)
    const found = token === undefined ? undefined : await findOperatorSession(this.#options, token)
    if (!found) throw new AppError('operator-not-signed-in')
    return found
  }

  /** Whether the session of a request that was let in goes on, with the same role; not a use of it. */
  async stillLets(request: FastifyRequest): Promise<boolean> {
    const token = this.tokenOf(request)
    const found =
      token === undefined
        ? undefined
        : await findOperatorSession(this.#options, token, { isOnlyLookedAt: true })
    return found?.session.stage === 'ready' && found.account.role === this.of(request).role
  }

  tokenOf(request: FastifyRequest): string | undefined {
    return cookieOf(request, this.#cookieName)
  }

  requireOwnOrigin({ headers }: FastifyRequest): void {
    const { publicOrigin } = this.#options
    if (headers.origin !== publicOrigin)
      throw new AppError('foreign-origin', { zh: `请用 ${publicOrigin}/console/ 这个地址打开运营后台。` })
  }

  cookie(token: string): string {
    return this.#cookie(token, SESSION_MS)
  }

  noCookie(): string {
    return this.#cookie('', 0)
  }

  // Two installations on one machine share the cookies of 127.0.0.1, whatever their ports: the name tells them apart.
  get #cookieName(): string {
    return `zy_console_${new URL(this.#options.publicOrigin).port || '443'}`
  }

  #cookie(value: string, lastsMs: number): string {
    const secure = this.#options.publicOrigin.startsWith('https:') ? '; Secure' : ''
    return `${this.#cookieName}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${lastsMs / 1_000}${secure}`
  }
}
