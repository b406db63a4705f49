import type { Clock } from '@zhangyi/core'
import type { FastifyRequest } from 'fastify'
import { sameSecret } from '../crypto/same-secret.ts'
import { AppError } from '../errors/catalogue.ts'
import { cookieOf } from '../sessions/session-of.ts'
import { OPERATOR_SESSION_MS, type Operator, openOperator, sealOperator } from './operator-session.ts'
import { Tries } from './tries.ts'

/** A page of a room, in the order of the menu. */
export interface ConsolePage {
  readonly path: string
  readonly group: string
  readonly name: string
}

export interface OperatorsOptions {
  readonly clock: Clock
  readonly publicOrigin: string
  /** Undefined: closed. */
  readonly key: string | undefined
}

/** Who works at the operators' pages. One key for all until there are accounts; each says who he is. */
export class Operators {
  readonly #options: OperatorsOptions
  readonly #tries: Tries
  readonly #pages: ConsolePage[] = []

  constructor(options: OperatorsOptions) {
    this.#options = options
    this.#tries = new Tries(options.clock)
  }

  get isOpen(): boolean {
    return this.#options.key !== undefined
  }

  get pages(): readonly ConsolePage[] {
    return this.#pages
  }

  addPage(page: ConsolePage): void {
    this.#pages.push(page)
  }

  /**
   * The operator of a request; throws `operator-not-signed-in` without one. What changes something must come from our own
   * pages: the cookie is never sent from elsewhere, and the browser says where from.
   */
  of(request: FastifyRequest): Operator {
    const { key, clock } = this.#options
    if (key === undefined) throw new AppError('console-closed')
    if (request.method !== 'GET') this.requireOwnOrigin(request)
    const value = cookieOf(request, this.#cookieName)
    const operator = value === undefined ? undefined : openOperator(key, value, clock.nowMs())
    if (!operator) throw new AppError('operator-not-signed-in')
    return operator
  }

  find(request: FastifyRequest): Operator | undefined {
    try {
      return this.of(request)
    } catch (error) {
      if (error instanceof AppError) return undefined
      throw error
    }
  }

  requireOwnOrigin({ headers }: FastifyRequest): void {
    const { publicOrigin } = this.#options
    if (headers.origin !== publicOrigin)
      throw new AppError('foreign-origin', { zh: `请用 ${publicOrigin}/console/ 这个地址打开运营后台。` })
  }

  /** The cookie for the right key; `operator-refused` for another, and `too-many-requests` after some of them. */
  signIn(request: FastifyRequest, operator: Operator, key: string): string {
    this.requireOwnOrigin(request)
    const { key: right, clock } = this.#options
    if (right === undefined) throw new AppError('console-closed')
    this.#tries.requireLeft(request.ip)
    if (!sameSecret(key, right)) {
      this.#tries.count(request.ip)
      throw new AppError('operator-refused')
    }
    return this.#cookie(sealOperator(right, operator, clock.nowMs()), OPERATOR_SESSION_MS)
  }

  signOut(): string {
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
