import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { installJobs, migrate, startEmbedded } from '@zhangyi/server'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { fastFolder } from './fast-folder.ts'
import { prefixOfRun, removeLeftServers } from './remove-left-servers.ts'

declare module 'vitest' {
  interface ProvidedContext {
    testDatabase: { readonly ownerUrl: string; readonly appUrl: string }
  }
}

export const TEMPLATE = 'zhangyi_template'

/** One real PostgreSQL for the whole run, with a migrated template that every test copies in some 50 ms. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { ownerUrl, appUrl, stop } = await startTestDatabaseServer()
  project.provide('testDatabase', { ownerUrl, appUrl })
  return stop
}

/** The same for who runs outside of the test runner. */
export async function startTestDatabaseServer() {
  const folder = fastFolder()
  await removeLeftServers(folder)
  const dataDir = mkdtempSync(join(folder, prefixOfRun()))
  chmodSync(dataDir, 0o755)
  const server = await startEmbedded({ dataDir, durable: false })
  const owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
  await owner.query(`CREATE DATABASE ${TEMPLATE}`)
  await owner.end()
  const template = server.ownerUrl.replace(/\/zhangyi$/, `/${TEMPLATE}`)
  await migrate(template)
  await installJobs(template, 'zhangyi_app')
  const stop = async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { ownerUrl: server.ownerUrl, appUrl: server.appUrl, stop }
}
