import type { Tx } from '../../../platform/database/tx.ts'
import { AppError } from '../../../platform/errors/catalogue.ts'
import type { Hospital } from '../../../platform/hospitals/hospitals.ts'
import { isSameOperator } from '../../../platform/operators/same-operator.ts'
import { changeApplication } from '../change-application.ts'
import type { ApplicationRow } from '../offline-row.ts'
import type { OfflineConsole } from '../room.ts'
import type { Approval, One } from './console-views.ts'
import { viewOne } from './view-one.ts'
import { withApplication } from './with-application.ts'

/**
 * Approves an amount. From `reviewSecondFromFen` on the first person only proposes it: approved is what another person
 * repeats to the fen. Another amount is a new proposal, in the name of whoever said it.
 */
export function approveApplication(
  room: OfflineConsole,
  hospital: Hospital,
  operator: string,
  { id, amountFen, text }: Approval & { readonly id: string },
): Promise<One> {
  return withApplication(room, hospital, id, async (tx, application) => {
    const decision = { amountFen, ...(text !== undefined && { said: text }) }
    const row =
      amountFen < hospital.refunds.offline.reviewSecondFromFen
        ? await approve(tx, room, operator, application, decision)
        : await proposeOrApprove(tx, room, operator, application, decision)
    return viewOne(tx, room, hospital, row)
  })
}

interface Decision {
  readonly amountFen: number
  readonly said?: string
}

function proposeOrApprove(
  tx: Tx,
  room: OfflineConsole,
  operator: string,
  application: ApplicationRow,
  decision: Decision,
): Promise<ApplicationRow> {
  const { proposed_by: proposer, proposed_fen: proposedFen } = application
  if (proposer === null || proposedFen !== decision.amountFen)
    return changeApplication(tx, room, application, {
      ...{ happening: 'proposed', actor: `operator:${operator}`, ...decision },
      change: {
        ...{ proposed_by: operator, proposed_fen: decision.amountFen },
        proposed_at_ms: room.clock.nowMs(),
      },
    })
  if (isSameOperator(proposer, operator)) throw new AppError('second-person-required')
  return approve(tx, room, operator, application, decision)
}

function approve(
  tx: Tx,
  room: OfflineConsole,
  operator: string,
  application: ApplicationRow,
  decision: Decision,
): Promise<ApplicationRow> {
  return changeApplication(tx, room, application, {
    ...{ happening: 'approved', actor: `operator:${operator}`, ...decision },
    change: { decided_by: operator, decided_at_ms: room.clock.nowMs(), amount_fen: decision.amountFen },
  })
}
