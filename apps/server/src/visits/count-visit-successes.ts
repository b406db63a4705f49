import type { Tx } from '../platform/database/tx.ts'
import type { CountSuccesses } from '../usage/index.ts'
import type { OrderKind, VisitsTables } from './order-row.ts'

const ACTS = {
  appointment: 'book-appointment',
  'same-day': 'register-same-day',
  'outpatient-fee': 'pay-outpatient-fee',
} as const satisfies Readonly<Record<OrderKind, string>>

/** How often the HIS said yes on a day, by this room's own tables: nothing here reads what the usage room stored. */
export const countVisitSuccesses: CountSuccesses = async (tx, day) => [
  ...(await countOrders(tx, day)),
  ...(await countQueries(tx, day)),
]

type Day = Parameters<CountSuccesses>[1]

async function countOrders(tx: Tx, { fromMs, toMs }: Day) {
  const rows = await tx.sql
    .withTables<VisitsTables>()
    .selectFrom('visit_order')
    .select(({ fn }) => ['kind', fn.countAll<number>().as('count')])
    .where('hospital_id', '=', tx.hospitalId)
    .where('succeeded_at_ms', '>=', fromMs)
    .where('succeeded_at_ms', '<', toMs)
    .groupBy('kind')
    .execute()
  return rows.map(({ kind, count }) => ({ act: ACTS[kind], count }))
}

function countQueries(tx: Tx, { fromMs, toMs }: Day) {
  return tx.sql
    .withTables<VisitsTables>()
    .selectFrom('visit_query')
    .select(({ fn }) => ['act', fn.countAll<number>().as('count')])
    .where('hospital_id', '=', tx.hospitalId)
    .where('at_ms', '>=', fromMs)
    .where('at_ms', '<', toMs)
    .groupBy('act')
    .execute()
}
