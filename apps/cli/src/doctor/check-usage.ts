import {
  Database,
  type Hospital,
  loadHospitals,
  readSecret,
  type Settings,
  secretOpener,
  usageProblems,
} from '@zhangyi/server'
import { bad, type Finding, good } from './finding.ts'

/**
 * What of 用卡数据 waits for a person, at each hospital. Only with a database and hospitals of one's own; that one of them
 * cannot be read is a finding of its own.
 */
export async function checkUsage(settings: Settings): Promise<readonly Finding[]> {
  const { databaseUrl, hospitalsFile } = settings
  if (databaseUrl === undefined || hospitalsFile === undefined) return []
  try {
    const { all } = loadHospitals(hospitalsFile)
    const database = new Database({ url: readSecret(secretOpener(settings), databaseUrl), maxConnections: 1 })
    try {
      const findings: Finding[] = []
      for (const hospital of all) findings.push(await checkOne(database, hospital))
      return findings
    } finally {
      await database.close()
    }
  } catch {
    return []
  }
}

async function checkOne(database: Database, { id, name }: Hospital): Promise<Finding> {
  const problems = await database.inTransaction(id, usageProblems)
  return problems.length === 0
    ? good(`用卡数据（${name}）：没有等人处理的问题`)
    : bad(`用卡数据（${name}）：${problems.join('；')}。请打开运营后台 /console/usage`)
}
