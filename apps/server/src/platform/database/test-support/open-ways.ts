import type { HospitalId } from '@zhangyi/core'
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely'
import pg from 'pg'
import type { Tx } from '../tx.ts'

type Statement = Pick<CompiledQuery, 'sql' | 'parameters'>

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Loops': number
  readonly 'Shared Hit Blocks': number
  readonly 'Shared Read Blocks': number
  readonly Plans?: readonly Plan[]
}

export interface Step {
  /** As PostgreSQL calls it: `Seq Scan`, `Index Scan`, `Sort`. */
  readonly type: string
  readonly table: string | undefined
  readonly index: string | undefined
  /** 0: planned, and not needed. */
  readonly runs: number
}

export interface Way {
  readonly steps: readonly Step[]
  readonly scansWhole: boolean
  /** Of 8 KB. */
  readonly blocks: number
}

/** How the database finds the rows of a query, planned for any value as the server does. */
export async function openWays(appUrl: string, hospital: string) {
  const client = new pg.Client({ connectionString: appUrl })
  await client.connect()
  await client.query(`SET plan_cache_mode = force_generic_plan; SET zhangyi.hospital = '${hospital}'`)
  const compiler = compilerThatTells()
  let count = 0
  return {
    async of(query: RawBuilder<unknown> | Statement): Promise<Way> {
      const { sql, parameters } = 'compile' in query ? query.compile(compiler) : query
      const name = `way_${++count}`
      await client.query(`PREPARE ${name} AS ${sql}`)
      const values = parameters.map((value) => literal(client, value))
      const given = values.length === 0 ? '' : `(${values.join(', ')})`
      const { rows } = await client.query<{ 'QUERY PLAN': readonly { Plan: Plan }[] }>(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE ${name}${given}`,
      )
      const plan = rows[0]?.['QUERY PLAN'][0]?.Plan
      if (!plan) throw new Error('no plan')
      const steps = flat(plan)
      return {
        ...{ steps, scansWhole: steps.some(({ type }) => type === 'Seq Scan') },
        blocks: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'],
      }
    },
    close: () => client.end(),
  }
}

/** What an operation would ask the database, which answers each question with nothing. */
export async function statementsOf(
  hospitalId: HospitalId,
  operation: (tx: Tx) => Promise<unknown>,
): Promise<readonly Statement[]> {
  const told: Statement[] = []
  const sql = compilerThatTells((statement) => told.push(statement))
  await operation({ hospitalId, sql: sql as never, later: () => {}, changed: () => {} })
  return told
}

function compilerThatTells(tell: (statement: Statement) => void = () => {}): Kysely<object> {
  return new Kysely<object>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (it) => new PostgresIntrospector(it),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    log: ({ query }) => tell(query),
  })
}

function literal(client: pg.Client, value: unknown): string {
  if (typeof value === 'number') return String(value)
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`
  if (!Array.isArray(value)) return client.escapeLiteral(String(value))
  return `ARRAY[${value.map((one) => literal(client, one)).join(', ')}]${value.some(Buffer.isBuffer) ? '::bytea[]' : ''}`
}

function flat(plan: Plan): readonly Step[] {
  const { 'Node Type': type, 'Relation Name': table, 'Index Name': index, 'Actual Loops': runs } = plan
  return [{ type, table, index, runs }, ...(plan.Plans ?? []).flatMap(flat)]
}
