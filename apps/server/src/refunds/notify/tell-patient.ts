import { type Fen, fen } from '@zhangyi/core'
import { queueNotice } from '../../notices/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { openCasePerson } from '../cases/case-person.ts'
import { REMIND_AFTER_MS } from '../legs/own-time.ts'
import type { RefundsParts } from '../room.ts'
import type { CaseRow, LegRow, RefundsTables } from '../tables.ts'

export type RefundNotice = 'applied' | 'waiting' | 'reminder' | 'paid' | 'expired' | 'reissued' | 'funded'

export interface Telling {
  readonly of: CaseRow
  readonly leg: LegRow
  readonly kind: RefundNotice
  /** Of several of one kind: which. */
  readonly occasion?: string
}

/** Each number of a transfer is reminded of anew. */
export function reminderOccasion(number: string, reminded: number): string {
  return `${number}-${reminded}`
}

function keyOf({ id }: Pick<LegRow, 'id'>, kind: RefundNotice, occasion = ''): string {
  return `${id}:${kind}:${occasion}`
}

/** Under which keys the messages about a leg stand, if there are any; `numbers`: that it was ever paid under. */
export function noticeKeysOf(leg: LegRow, numbers: readonly string[]): readonly string[] {
  const { steps, told_funded_at_ms: toldMs } = leg
  const times = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
  return [
    ...(['applied', 'paid'] as const).map((kind) => keyOf(leg, kind)),
    ...numbers.flatMap((number) => [
      ...[keyOf(leg, 'waiting', number), keyOf(leg, 'expired', number)],
      ...times(REMIND_AFTER_MS.length).map((one) => keyOf(leg, 'reminder', reminderOccasion(number, one))),
    ]),
    ...times(steps).map((step) => keyOf(leg, 'reissued', `${step}`)),
    ...(toldMs === null ? [] : [keyOf(leg, 'funded', `${toldMs}`)]),
  ]
}

/** Queues a message to who applied, in the transaction of what it is about; the same occasion is told once. */
export async function tellPatient(
  tx: Tx,
  room: RefundsParts,
  { of, leg, kind, occasion = '' }: Telling,
): Promise<void> {
  const { name, cardNumber } = openCasePerson(room.cipher, of)
  await queueNotice(tx, room, {
    ...{ kind, key: keyOf(leg, kind, occasion), userId: of.user_id },
    ...{ patientName: name, cardNumber, balanceFen: await balanceOf(tx, { of, leg, kind }) },
    amountFen: fen(leg.amount_fen),
    ...{ page: `pages-refund/case/case?id=${of.id}`, journey: of.id },
  })
}

/** As when it was applied for, less what was paid of it since: what is held is in the balance still. */
async function balanceOf(tx: Tx, { of, leg, kind }: Telling): Promise<Fen> {
  if (kind !== 'paid') return fen(of.balance_fen)
  if (leg.amount_fen === of.amount_fen) return fen(of.balance_fen - leg.amount_fen)
  const { paid } = await tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_leg')
    .select(({ fn }) => fn.sum<string>('amount_fen').as('paid'))
    .where('hospital_id', '=', tx.hospitalId)
    .where('case_id', '=', of.id)
    .where((row) =>
      row.or([row('id', '=', leg.id), row('state', 'in', ['confirming', 'paid', 'settled-at-window'])]),
    )
    .executeTakeFirstOrThrow()
  return fen(of.balance_fen - Number(paid))
}
