import { randomBytes } from 'node:crypto'
import type { EmbeddedPostgres } from '@zhangyi/server'
import pg from 'pg'
import { type Child, startChild } from '../child.ts'
import { openDatabase } from '../open-database.ts'
import { progress } from '../paired-rounds.ts'
import type { ContestantSetup } from './contestants/setup.ts'

export interface Bench {
  readonly setup: ContestantSetup
  readonly database: EmbeddedPostgres
  /** Another database on the same server: a copy of ours, or an empty one. */
  addDatabase(name: string, template: 'zhangyi' | 'template0'): Promise<ContestantSetup>
  /** A contestant in a process of its own; it ends with the bench. */
  start<T>(contestant: string, setup: T): Promise<Child>
  close(): Promise<void>
}

// Far more patients at once than a hospital has; each waits for the database and for nothing else.
const IN_FLIGHT = 64
// The default of our pool, and of that of DBOS.
const CONNECTIONS = 10

export async function openBench(): Promise<Bench> {
  progress('正在启动数据库……')
  const { database, add, close } = await openDatabase()
  const setup: ContestantSetup = {
    ...{ databaseUrl: database.appUrl, ownerUrl: database.ownerUrl },
    ...{ dataKeyHex: randomBytes(32).toString('hex'), inFlight: IN_FLIGHT, connections: CONNECTIONS },
  }
  return {
    ...{ setup, database, close },
    addDatabase: (name, template) => addDatabase(setup, name, template),
    start: async (contestant, of) => {
      const file = new URL(`./contestants/${contestant}.ts`, import.meta.url)
      const { child } = await startChild(file, of as object)
      add(() => child.stop())
      return child
    },
  }
}

async function addDatabase(setup: ContestantSetup, name: string, template: string): Promise<ContestantSetup> {
  const at = (url: string, database: string) => url.replace(/\/[^/]+$/, `/${database}`)
  const client = new pg.Client({ connectionString: at(setup.ownerUrl, 'postgres') })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
  } finally {
    await client.end()
  }
  return { ...setup, ownerUrl: at(setup.ownerUrl, name), databaseUrl: at(setup.databaseUrl, name) }
}
