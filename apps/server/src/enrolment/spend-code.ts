import { assertNever } from '@zhangyi/core'
import type { Tx } from '../platform/database/tx.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import type { Session } from '../platform/sessions/session.ts'
import { claimCode } from './claim-code.ts'
import type { CodeKind, FlowRow } from './flow.ts'
import type { FlowView } from './flow-view.ts'
import { type EnrolmentRoom, viewFlow } from './room.ts'
import { withOwnFlow } from './with-own-flow.ts'

export interface Spending {
  readonly kind: CodeKind
  readonly code: string
  /** In the transaction that stores the intent: checks the step and moves the flow to "at work". */
  begin(tx: Tx, flow: FlowRow): Promise<FlowRow>
  /** Asks the platform, once; nobody else is here with the same code. */
  spend(flow: FlowRow): Promise<FlowView>
}

/** Spends a one-use code: the first time for real, again by this flow from the stored result, by others never. */
export async function spendCode(
  room: EnrolmentRoom,
  session: Session,
  flowId: string,
  { kind, code, begin, spend }: Spending,
): Promise<FlowView> {
  const { claimed, flow } = await withOwnFlow(room, session, flowId, async (tx, locked) => {
    const claim = await claimCode(room, tx, locked, kind, code)
    return { claimed: claim, flow: claim === 'fresh' ? await begin(tx, locked) : locked }
  })
  switch (claimed) {
    case 'foreign':
      throw new AppError('code-refused')
    case 'repeated':
      return viewFlow(room, session, flowId)
    case 'fresh':
      return spend(flow)
    default:
      return assertNever(claimed)
  }
}
