import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely'
import pg from 'pg'

const compiler = new Kysely<object>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (it) => new PostgresIntrospector(it),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

interface Plan {
  readonly 'Node Type': string
  readonly 'Shared Hit Blocks': number
  readonly 'Shared Read Blocks': number
  readonly Plans?: readonly Plan[]
}

export interface Way {
  readonly scansWhole: boolean
  /** Of 8 KB. */
  readonly blocks: number
}

/** How the database finds the rows of a query, planned for any value as the server does. */
export async function openWays(appUrl: string, hospital: string) {
  const client = new pg.Client({ connectionString: appUrl })
  await client.connect()
  await client.query(`SET plan_cache_mode = force_generic_plan; SET zhangyi.hospital = '${hospital}'`)
  let count = 0
  return {
    async of(query: RawBuilder<unknown>): Promise<Way> {
      const { sql, parameters } = query.compile(compiler)
      const name = `way_${++count}`
      await client.query(`PREPARE ${name} AS ${sql}`)
      const values = parameters.map((value) => literal(client, value))
      const given = values.length === 0 ? '' : `(${values.join(', ')})`
      const { rows } = await client.query<{ 'QUERY PLAN': readonly { Plan: Plan }[] }>(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE ${name}${given}`,
      )
      const plan = rows[0]?.['QUERY PLAN'][0]?.Plan
      if (!plan) throw new Error('no plan')
      return {
        scansWhole: flat(plan).some((node) => node['Node Type'] === 'Seq Scan'),
        blocks: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'],
      }
    },
    close: () => client.end(),
  }
}

function literal(client: pg.Client, value: unknown): string {
  if (typeof value === 'number') return String(value)
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`
  if (Array.isArray(value)) return `ARRAY[${value.map((one) => literal(client, one)).join(', ')}]::bytea[]`
  return client.escapeLiteral(String(value))
}

function flat(plan: Plan): readonly Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(flat)]
}
