import type { Locked, Tx } from '../../database/tx.ts'
import type { AccountRow } from '../accounts/account.ts'
import { auditAccount } from '../accounts/audit-account.ts'
import { changeAccount } from '../accounts/find-account.ts'
import type { Entered } from './check-password.ts'
import type { Door } from './door.ts'
import { closeOperatorSession, openOperatorSession } from './sessions.ts'
import { nextStage } from './stage.ts'

export interface GoingOn {
  readonly account: Locked<AccountRow>
  readonly token: string
  readonly byProvider: boolean
}

/** One step is done: the old session ends, and another one stands at the next step, or is open. */
export function goOn(
  tx: Tx,
  door: Pick<Door, 'clock' | 'settings'>,
  { account, token, byProvider }: GoingOn,
): Entered {
  closeOperatorSession(tx, token)
  // Whoever stands here has shown the code, or there was none to show.
  const stage = nextStage(door, account, { hasShownCode: true, byProvider })
  if (stage === 'ready') {
    changeAccount(tx, account, {
      ...{ failed_tries: 0, locked_until_ms: null, last_sign_in_at_ms: door.clock.nowMs() },
    })
    auditAccount(tx, door.clock, { by: account.login_name, action: 'signed-in', of: account.login_name })
  }
  return { stage, token: openOperatorSession(tx, door, account.id, { stage, byProvider }) }
}
