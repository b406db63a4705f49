import { assertNever } from '@zhangyi/core'
import { AppError } from '../../errors/catalogue.ts'
import { isSameOperator } from '../same-operator.ts'
import { type AccountRow, INSTALLATION, type Operator } from './account.ts'
import { auditAccount } from './audit-account.ts'
import type { AccountParts } from './create-account.ts'
import { changeAccount, endSessions, lockAccount } from './find-account.ts'
import { hashPassword, oneTimePassword } from './password.ts'

export const CONTROLS = [
  ...(['approve', 'disable', 'enable', 'unlock'] as const),
  ...(['reset-password', 'reset-second-factor'] as const),
] as const
export type Control = (typeof CONTROLS)[number]

export interface Controlled {
  readonly account: AccountRow
  /** To be told to its owner, after `reset-password`. */
  readonly password?: string
}

/** What the security administrator does with an account. Nobody does it with the own one, or agrees to one they opened. */
export async function controlAccount(
  { database, clock }: AccountParts,
  id: string,
  { control, reason }: { readonly control: Control; readonly reason?: string | undefined },
  by: Pick<Operator, 'id' | 'accountId'>,
): Promise<Controlled> {
  const password = control === 'reset-password' ? oneTimePassword() : undefined
  const hash = password === undefined ? undefined : await hashPassword(password)
  const account = await database.inTransaction(INSTALLATION, async (tx) => {
    const before = await lockAccount(tx, id)
    if (before.id === by.accountId) throw new AppError('account-refused', { zh: '自己的账号要请别人处理。' })
    if (control === 'approve' && isSameOperator(before.created_by, by.id))
      throw new AppError('account-refused', { zh: '自己开的账号要请别人批准。' })
    const set = changeOf(control, before, by.id, hash, clock.nowMs())
    if (!set) throw new AppError('account-refused', { zh: '账号已经是另一个状态，请刷新。' })
    auditAccount(tx, clock, {
      ...{ by: by.id, action: control, of: before.login_name },
      ...(reason !== undefined && { detail: { reason } }),
    })
    if (control !== 'approve' && control !== 'unlock') endSessions(tx, id)
    return changeAccount(tx, before, set)
  })
  return { account, ...(password !== undefined && { password }) }
}

/** Undefined: not of an account in this state. */
function changeOf(
  control: Control,
  { state }: AccountRow,
  by: string,
  hash: string | undefined,
  nowMs: number,
): Partial<AccountRow> | undefined {
  const unlocked = { failed_tries: 0, locked_until_ms: null }
  switch (control) {
    case 'approve':
      return state === 'waiting' ? { state: 'active', approved_by: by } : undefined
    case 'disable':
      return state === 'disabled' ? undefined : { state: 'disabled' }
    case 'enable':
      return state === 'disabled' ? { state: 'active', approved_by: by, ...unlocked } : undefined
    case 'unlock':
      return unlocked
    case 'reset-password':
      return hash === undefined
        ? undefined
        : { password_hash: hash, password_is_given: true, password_set_at_ms: nowMs, ...unlocked }
    case 'reset-second-factor':
      return { totp_secret: null, totp_step: null }
    default:
      return assertNever(control)
  }
}
