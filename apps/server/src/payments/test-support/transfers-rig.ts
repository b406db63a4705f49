import { randomBytes } from 'node:crypto'
import { fen, newId, sensitive } from '@zhangyi/core'
import type { PaymentsRig } from '../../../../../tests/setup/payments-rig.ts'
import {
  findTransfer,
  openTransfer,
  orderTransfer,
  reserveFunds,
  sendOrdered,
  settleTransfer,
  type Transfer,
  transferHistory,
} from '../index.ts'

type Wanted = { amountFen?: number; person?: string; payee?: string; subject?: string }

/** What a room does with transfers, and what its patient does, on a rig that may be shared. */
export function transfersRig(rig: PaymentsRig) {
  const { room, inTx, hospitalId, userId } = rig
  const appid = String(room.hospitals.all[0]?.wechat.miniProgram?.appid)
  const wanted = ({
    amountFen = 5_000,
    // A payee of one's own, of whom the simulation knows no name.
    person = `p${randomBytes(5).toString('hex')}`,
    payee = '李明华',
    subject = newId('leg'),
  }: Wanted = {}) => ({
    ...{ purpose: 'deposits' as const, subject, caseId: `case-${subject}`, userId },
    ...{ appid, openid: `o-${appid.slice(-4)}-${person}` },
    ...{ payee: sensitive(payee), amountFen: fen(amountFen) },
  })
  const order = (more: Wanted = {}) =>
    inTx(async (tx) => {
      const request = wanted(more)
      if ((await reserveFunds(tx, room, request)) !== 'reserved') throw new Error('not enough')
      return orderTransfer(tx, room, request)
    })
  const history = ({ id }: Transfer) => inTx((tx) => transferHistory(tx, id))
  const numberOf = async (transfer: Transfer) => String((await history(transfer)).at(-1)?.number)
  return {
    ...{ wanted, order, history, numberOf },
    send: (ordered: Awaited<ReturnType<typeof order>>) => sendOrdered(room, hospitalId, ordered),
    /** Ordered and sent. */
    pay: async (more: Wanted = {}) => sendOrdered(room, hospitalId, await order(more)),
    settle: ({ id }: Transfer) => settleTransfer(room, hospitalId, id),
    find: async ({ id }: Transfer) => {
      const found = await inTx((tx) => findTransfer(tx, id))
      if (!found) throw new Error('no such transfer')
      return found
    },
    open: ({ id }: Transfer) => inTx((tx) => openTransfer(tx, room, id)),
    /** The patient presses 确认收款. */
    confirm: async (transfer: Transfer) =>
      rig.act<{ result: string }>('confirm-transfer', { outBillNo: await numberOf(transfer) }),
    /** What the simulator's books say reached the payee, over all numbers that this transfer ever had. */
    paid: async (transfer: Transfer) => {
      const { paidPerOutBillNo, violations } = await rig.prove()
      if (violations.length > 0) throw new Error(JSON.stringify(violations))
      const numbers = new Set((await history(transfer)).map(({ number }) => number))
      return [...numbers].flatMap((number) => paidPerOutBillNo[number] ?? [])
    },
    /** Bodies that were sent under the numbers of a transfer. */
    bodies: async (transfer: Transfer) => {
      const numbers = (await history(transfer)).map(({ number }) => number)
      return rig
        .calls('create-transfer')
        .map(({ request }) => JSON.stringify((request as { body: object }).body))
        .filter((body) => numbers.some((number) => body.includes(number)))
    },
    states: ({ id }: Transfer) =>
      rig.told.filter(([what, of]) => what === 'transfer' && of === id).map(([, , state]) => state),
    reservation: async ({ subject }: Transfer) => {
      const [row] = await rig.asOwner<{ state: string }>(
        `SELECT state FROM fund_reservation WHERE subject = '${subject}'`,
      )
      return row?.state
    },
    journal: ({ subject }: Transfer) =>
      rig.asOwner<{ account: string; amount: string }>(
        `SELECT account, amount_fen AS amount FROM journal_entry WHERE case_id = 'case-${subject}' ORDER BY line`,
      ),
  }
}
