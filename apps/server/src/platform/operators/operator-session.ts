import { createHmac } from 'node:crypto'
import { HOUR_MS } from '@zhangyi/core'
import { sameSecret } from '../crypto/same-secret.ts'

/** A working day; who leaves the desk open overnight signs in again. */
export const OPERATOR_SESSION_MS = 10 * HOUR_MS

export interface Operator {
  /** As they named themselves when they signed in; what the audit names. */
  readonly id: string
}

/** A cookie's value: who, until when, and a signature that dies with the operator key. */
export function sealOperator(key: string, { id }: Operator, nowMs: number): string {
  const said = Buffer.from(JSON.stringify([id, nowMs + OPERATOR_SESSION_MS])).toString('base64url')
  return `${said}.${signature(key, said)}`
}

/** Undefined for anything that we did not make, or whose time is over. */
export function openOperator(key: string, value: string, nowMs: number): Operator | undefined {
  const [said = '', signed = ''] = value.split('.')
  if (!sameSecret(signed, signature(key, said))) return undefined
  const [id, expiresAtMs] = JSON.parse(Buffer.from(said, 'base64url').toString('utf8')) as [string, number]
  return nowMs < expiresAtMs ? { id } : undefined
}

function signature(key: string, said: string): string {
  return createHmac('sha256', `zhangyi console session 1\n${key}`).update(said).digest('base64url')
}
