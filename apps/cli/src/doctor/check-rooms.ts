import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  type CheckReport,
  Database,
  loadHospitals,
  readSecret,
  runChecks,
  type Settings,
  secretOpener,
} from '@zhangyi/server'
import { bad, byHand, type Finding, good } from './finding.ts'

/** Told in words of its own, hospital by hospital. */
const TOLD_ELSEWHERE = /^(?:usage\.completeness$|channels\.his\.)/

/**
 * What the rooms check of each hospital, also by calls to the platforms that change nothing, and what a person has to
 * prove. Only with a database and hospitals of one's own; that one of them cannot be read is a finding of its own.
 */
export async function checkRooms(
  settings: Settings,
  send: typeof fetch = fetch,
): Promise<readonly Finding[]> {
  const { databaseUrl, hospitalsFile, dataKeyFile, dataDir } = settings
  if (databaseUrl === undefined || hospitalsFile === undefined) return []
  // In development the server would make one; a doctor makes nothing.
  if (!existsSync(dataKeyFile ?? join(dataDir, 'data-key'))) return []
  try {
    const hospitals = loadHospitals(hospitalsFile)
    const database = new Database({ url: readSecret(secretOpener(settings), databaseUrl), maxConnections: 2 })
    try {
      const { reports, proofs } = await runChecks({ settings, hospitals, database, fetch: send })
      return [
        ...reports.filter(({ name }) => !TOLD_ELSEWHERE.test(name)).map(findingOf),
        ...proofs.map(({ zh, where }) => byHand(`${zh}。在哪里看：${where}`)),
      ]
    } finally {
      await database.close()
    }
  } catch (error) {
    return [bad(`各项检查没有开始：${(error as Error).message}`)]
  }
}

function findingOf({ ok, zh, problem, note }: CheckReport): Finding {
  if (!ok) return bad(`${zh}。没有通过：${problem ?? '原因不明'}`)
  return good(note === undefined ? zh : `${zh}。${note}`)
}
