import { fen, ManualClock, MINUTE_MS } from '@zhangyi/core'
import pg from 'pg'
import { paymentsWork } from '../../../../apps/server/src/payments/index.ts'
import { refundsWork } from '../../../../apps/server/src/refunds/index.ts'
import { answerEach, setupOf } from '../../child.ts'
import { openRefundRoom } from '../refund-room.ts'
import type { ContestantSetup, Question } from './setup.ts'

/** A fresh server that finds them all due: whoever held them is gone for longer than a lease. */
const setup = setupOf<ContestantSetup>()
const clock = new ManualClock(new Date(Date.now() + 10 * MINUTE_MS).toISOString())
const owner = new pg.Client({ connectionString: setup.ownerUrl })
await owner.connect()
// What WeChat has: a transfer that was never sent is not there.
const sent = await owner.query<{ number: string; amount: string; openid: string }>(
  `SELECT out_bill_no AS number, amount_fen AS amount, openid FROM transfer_order WHERE state = 'to-confirm'`,
)
const bills = sent.rows.map(({ number, amount, openid }) => ({
  number,
  amountFen: fen(Number(amount)),
  openid,
}))
const { room, close } = await openRefundRoom({ ...setup, clock, bills })
// Without the receipts: nobody's money waits for them.
const works = [paymentsWork(room), refundsWork(room)]

async function openLegs(): Promise<number> {
  const text = `SELECT count(*) FROM refund_leg WHERE state NOT IN ('paid', 'settled-at-window', 'released', 'refused', 'lapsed')`
  const { rows } = await owner.query<{ count: string }>(text)
  return Number(rows[0]?.count)
}

/** Time passes only when nothing is due: the seconds are those of the work. */
answerEach<Question>(async () => {
  const started = performance.now()
  for (let minutes = 0; (await openLegs()) > 0; minutes++) {
    if (minutes > 60) throw new Error('a case of the bench does not end')
    for (let done = 1; done > 0; ) {
      done = 0
      for (const work of works) done += await work.runDue(clock, 1_000)
    }
    clock.advance(MINUTE_MS)
  }
  return { seconds: (performance.now() - started) / 1_000 }
})
process.on('disconnect', () => void Promise.all([close(), owner.end()]).then(() => process.exit(0)))
