import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import pg from 'pg'

const SOURCE_ROOT = join(import.meta.dirname, '../..')
const APP_ROLE = 'zhangyi_app'
// Any fixed number: two servers that start together must not migrate together.
const MIGRATION_LOCK = 7_431_001
// What the server's role may add to and never change: what an auditor reads.
const APPEND_ONLY = ['audit_entry', 'audit_link', 'journal_entry', 'refund_step'] as const
// What only the owner writes, and functions that act for the owner.
const READ_ONLY = ['migration', 'audit_anchor'] as const

export interface Migration {
  /** `YYYYMMDDhhmm_room_what`, unique and sorted over all rooms. */
  readonly name: string
  readonly sql: string
}

/** Every `<room>/migrations/*.sql`, in the order of their names. */
export async function findMigrations(root = SOURCE_ROOT): Promise<readonly Migration[]> {
  const entries = await readdir(root, { recursive: true })
  const files = entries.filter((entry) => /(^|[\\/])migrations[\\/][^\\/]+\.sql$/.test(entry))
  const migrations = await Promise.all(
    files.map(async (file) => ({
      name: basename(file, '.sql'),
      sql: await readFile(join(root, file), 'utf8'),
    })),
  )
  migrations.sort((left, right) => (left.name < right.name ? -1 : 1))
  return migrations
}

/**
 * Applies what is missing, each migration in a transaction of its own, with the owner's connection.
 * A migration that was applied and has been edited since is refused: write a new one.
 */
export async function migrate(
  ownerUrl: string,
  migrations?: readonly Migration[],
): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query(
      'CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    )
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'SELECT name, checksum FROM migration',
    )
    const applied = new Map(rows.map((row) => [row.name, row.checksum]))
    const news: string[] = []
    for (const { name, sql } of migrations ?? (await findMigrations())) {
      const checksum = createHash('sha256').update(sql).digest('hex')
      const before = applied.get(name)
      if (before === checksum) continue
      if (before !== undefined) throw new Error(`migration ${name} was edited after it had been applied`)
      await applyOne(client, name, sql, checksum)
      news.push(name)
    }
    await grantToServer(client)
    return news
  } finally {
    await client.end()
  }
}

async function applyOne(client: pg.Client, name: string, sql: string, checksum: string): Promise<void> {
  try {
    await client.query('BEGIN')
    await client.query(sql)
    await client.query('INSERT INTO migration (name, checksum) VALUES ($1, $2)', [name, checksum])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw new Error(`migration ${name} failed: ${(error as Error).message}`, { cause: error })
  }
}

/** The server's role may read and write rows, nothing else; row-level security holds for it. */
async function grantToServer(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APP_ROLE])
  if (rowCount === 0) return
  await client.query(`GRANT USAGE ON SCHEMA public TO ${APP_ROLE}`)
  await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${APP_ROLE}`)
  await client.query(`GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${APP_ROLE}`)
  await client.query(`GRANT EXECUTE ON ALL ROUTINES IN SCHEMA public TO ${APP_ROLE}`)
  for (const table of READ_ONLY)
    await client.query(`REVOKE INSERT, UPDATE, DELETE ON ${table} FROM ${APP_ROLE}`)
  for (const table of APPEND_ONLY) await client.query(`REVOKE UPDATE, DELETE ON ${table} FROM ${APP_ROLE}`)
}
