import type { HospitalId } from '@zhangyi/core'
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../../database/database.ts'
import { type ChainProblem, chainProblem } from './chain-problem.ts'

const ENTRIES_AT_ONCE = 50_000

/** An entry that is neither linked nor waits to be, or one that waits and is gone. */
export async function findUnchained(
  database: Database,
  hospital: HospitalId,
): Promise<ChainProblem | undefined> {
  for (let from = 0; ; ) {
    const start = from
    const { through } = await firstRow<{ through: number | null }>(
      database,
      hospital,
      sql`SELECT max(id) AS through FROM (
        SELECT id FROM audit_entry WHERE hospital_id = ${hospital} AND id > ${start}
        ORDER BY id LIMIT ${ENTRIES_AT_ONCE}) page`,
    )
    const end = through ?? Number.MAX_SAFE_INTEGER
    const among = (column: 'id' | 'entry_id', table: string) => {
      const [id, of] = [sql.ref(column), sql.table(table)]
      return sql`SELECT ${id} AS id FROM ${of} WHERE hospital_id = ${hospital} AND ${id} > ${start} AND ${id} <= ${end}`
    }
    const [entries, links] = [among('id', 'audit_entry'), among('entry_id', 'audit_link')]
    const waiting = among('entry_id', 'audit_unlinked')
    // In one statement: an entry that is linked meanwhile stands on the list or in the chain. And by sets, because no
    // statistics make a loop within a loop of them.
    const { unknown, gone } = await firstRow<{ unknown: number | null; gone: number | null }>(
      database,
      hospital,
      sql`SELECT (SELECT min(id) FROM (${entries} EXCEPT (${links} UNION ALL ${waiting})) one) AS unknown,
        (SELECT min(id) FROM (${waiting} EXCEPT ${entries}) one) AS gone`,
    )
    if (gone !== null) return chainProblem('removed', { entryId: gone })
    if (unknown !== null) return judge(database, hospital, unknown)
    if (through === null) return undefined
    from = through
  }
}

/** Behind all that is linked, it is the end that was cut off. */
async function judge(database: Database, hospital: HospitalId, entryId: number): Promise<ChainProblem> {
  const { last } = await firstRow<{ last: number | null }>(
    database,
    hospital,
    sql`SELECT max(entry_id) AS last FROM audit_link WHERE hospital_id = ${hospital}`,
  )
  return chainProblem(entryId > (last ?? 0) ? 'cut-tail' : 'unknown', { entryId })
}

async function firstRow<Row>(
  database: Database,
  hospital: HospitalId,
  question: RawBuilder<unknown>,
): Promise<Row> {
  const { rows } = await database.read(hospital, (tx) => question.execute(tx.sql))
  return rows[0] as Row
}
