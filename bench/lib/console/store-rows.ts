import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import type { Cipher } from '@zhangyi/server'
import pg from 'pg'
import { cappedRows, DAYS, SPAN_MS, TABLES, type Table } from './tables.ts'
import { withoutIndexes } from './without-indexes.ts'

const AT_ONCE = 250_000
/** Tables that are filled at a time: one a core. */
const LANES = 2

/** So many rows of the largest tables, by the owner; with statistics, as tables have that grew by day. */
export async function storeRows(ownerUrl: string, rows: number, cipher: Cipher): Promise<void> {
  const firstMs = Date.now() - SPAN_MS
  await asOwner(ownerUrl, async (client) => {
    // As the gateway does it beforehand, day by day; kept as long as it keeps them.
    for (let day = 0; day <= DAYS; day++)
      await client.query('SELECT usage_add_day($1)', [shanghaiDay(firstMs + day * DAY_MS)])
  })
  const left = [...TABLES]
  const lane = () =>
    asOwner(ownerUrl, async (client) => {
      for (let table = left.shift(); table; table = left.shift())
        await fill(client, table, { rows: table.isLargest ? rows : cappedRows(rows), firstMs, cipher })
    })
  await Promise.all(Array.from({ length: LANES }, lane))
  await asOwner(ownerUrl, (client) => client.query('CHECKPOINT'))
}

interface Filling {
  readonly rows: number
  readonly firstMs: number
  readonly cipher: Cipher
}

async function fill(
  client: pg.Client,
  { name, insert, values }: Table,
  { rows, firstMs, cipher }: Filling,
): Promise<void> {
  const eachMs = Math.floor(SPAN_MS / rows)
  const given = values?.(cipher, rows) ?? []
  await withoutIndexes(client, name, async () => {
    for (let done = 0; done < rows; done += AT_ONCE)
      await client.query(
        `${insert} FROM (SELECT n, ${firstMs} + n * ${eachMs}::bigint AS at
          FROM generate_series(${done + 1}, ${Math.min(rows, done + AT_ONCE)}) AS n) AS row`,
        [...given],
      )
  })
  await client.query(`VACUUM ANALYZE ${name}`)
}

async function asOwner(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query("SET synchronous_commit = off; SET maintenance_work_mem = '512MB'")
    // Foreign keys are right by the making, and the chain of the audit is measured elsewhere.
    await client.query('SET session_replication_role = replica')
    await work(client)
  } finally {
    await client.end()
  }
}
