import pg from 'pg'
import type { Child } from '../child.ts'
import { printLine, progress } from '../paired-rounds.ts'
import type { ContestantSetup } from './contestants/setup.ts'
import { figureLine } from './figure-line.ts'
import type { Bench } from './open-bench.ts'

const CASES = 300

interface Counted {
  /** Transactions that wrote something: those that wait for the disk. */
  readonly commits: number
  /** Those that only read as well. */
  readonly transactions: number
}

/** What a case costs in commits, by the server's own counters; the queue's polling is a part of it. */
export async function measureCommits(bench: Bench): Promise<void> {
  progress(`commits：各跑 ${CASES} 笔，数提交……`)
  const ours = await count(bench, 'ours', await bench.addDatabase('bench_commits', 'zhangyi'))
  const dbos = await count(bench, 'dbos', await bench.addDatabase('bench_commits_dbos', 'template0'))
  printLine(
    figureLine('commits', 'commits/case', ours.commits, {
      ...{ peer: 'dbos', peerValue: dbos.commits, ratio: dbos.commits / ours.commits },
      ...{ transactions: ours.transactions, peerTransactions: dbos.transactions },
    }),
  )
}

async function count(bench: Bench, name: string, setup: ContestantSetup): Promise<Counted> {
  const contestant = await bench.start(name, setup)
  // The first ones open connections and make tables.
  await contestant.ask({ cases: CASES })
  const before = await countersOf(setup)
  await contestant.ask({ cases: CASES })
  const after = await settled(contestant, setup)
  const each = (of: keyof Counted) => (after[of] - before[of]) / CASES
  return { commits: each('commits'), transactions: each('transactions') }
}

/** A backend tells its counters when it ends at the latest. */
async function settled(contestant: Child, setup: ContestantSetup): Promise<Counted> {
  const { commits } = await countersOf(setup)
  await contestant.stop()
  return { ...(await countersOf(setup)), commits }
}

/** Only what writes is given a transaction number. */
async function countersOf({ ownerUrl }: ContestantSetup): Promise<Counted> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ commits: string; transactions: string }>(
      `SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS commits, xact_commit AS transactions
       FROM pg_stat_database WHERE datname = current_database()`,
    )
    return { commits: Number(rows[0]?.commits), transactions: Number(rows[0]?.transactions) }
  } finally {
    await client.end()
  }
}
