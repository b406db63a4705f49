import { fen, type HospitalId } from '@zhangyi/core'
import { resumePayouts, setFunds, stopPayouts, topUpFunds } from '../../../payments/index.ts'
import { FUNDS_WORK } from '../../funds-watch/funds-watch-work.ts'
import type { RefundsRoom } from '../../room.ts'

/** Who says it, and of which hospital. */
export interface Teller {
  readonly hospitalId: HospitalId
  /** As they signed in. */
  readonly operator: string
}

/** Money came into the 运营账户: who waits for it is told, and what WeChat took without funds is sent again. */
export function noteTopUp(
  room: RefundsRoom,
  { hospitalId, operator }: Teller,
  amountFen: number,
): Promise<void> {
  return room.database.inTransaction(hospitalId, async (tx) => {
    await topUpFunds(tx, room, { amountFen: fen(amountFen) }, `operator:${operator}`)
    await room.jobs.wake(tx, FUNDS_WORK)
  })
}

/** The balance as the merchant's own site shows it now. */
export function noteBalance(
  room: RefundsRoom,
  { hospitalId, operator }: Teller,
  balanceFen: number,
): Promise<void> {
  const figure = { balanceFen: fen(balanceFen), asOfMs: room.clock.nowMs(), source: 'operator' } as const
  return room.database.inTransaction(hospitalId, (tx) => setFunds(tx, room, figure, `operator:${operator}`))
}

/** 停付开关, and why it is turned either way. */
export function changeStop(
  room: RefundsRoom,
  { hospitalId, operator }: Teller,
  { stopped, reason }: { readonly stopped: boolean; readonly reason: string },
): Promise<void> {
  const by = `operator:${operator}`
  return room.database.inTransaction(hospitalId, (tx) =>
    stopped ? stopPayouts(tx, room, { by, reason }) : resumePayouts(tx, room, { by, reason }),
  )
}
