import { type ConformanceOptions, formatConformance, runConformance } from '@zhangyi/his'
import { StartProblem } from '../start/start-problem.ts'
import type { CheckSubject } from './check-subject.ts'
import { loadAdapter } from './load-adapter.ts'
import { loadFixtures } from './load-fixtures.ts'
import { simulatedSubject } from './simulated-subject.ts'

export interface HisCheckOptions {
  readonly fixtures?: string
  readonly timeLimit?: string
  /** Names of checks or groups; each may hold several with commas between them. */
  readonly only?: readonly string[]
}

export interface HisCheckReport {
  readonly text: string
  readonly failed: boolean
}

/** Checks an adapter module or a HIS by its configuration; the simulated hospital without a file. Throws `StartProblem`. */
export async function runHisCheck(
  file: string | undefined,
  { fixtures, timeLimit, only }: HisCheckOptions,
): Promise<HisCheckReport> {
  const chosen: ConformanceOptions = {
    ...(timeLimit !== undefined && { timeLimitMs: parseTimeLimit(timeLimit) }),
    ...(only !== undefined && { only: parseNames(only) }),
  }
  const subject = await subjectOf(file, fixtures)
  const results = await runChosen(subject, chosen)
  return {
    text: formatConformance(results),
    failed: results.some(({ status }) => status === 'failed'),
  }
}

async function runChosen({ port, fixtures, options }: CheckSubject, chosen: ConformanceOptions) {
  try {
    return await runConformance(port, fixtures, { ...options, ...chosen })
  } catch (error) {
    // Only a name that no check has: what goes wrong in a check is its result.
    throw new StartProblem((error as Error).message)
  }
}

async function subjectOf(file: string | undefined, fixtures: string | undefined): Promise<CheckSubject> {
  if (file === undefined) {
    const subject = simulatedSubject()
    return fixtures === undefined ? subject : { ...subject, fixtures: loadFixtures(fixtures) }
  }
  if (fixtures === undefined)
    throw new StartProblem(
      '请用 --fixtures 给出样本文件：HIS 测试环境里已有的人。写法见 docs/guides/his-adapter.md',
    )
  const people = loadFixtures(fixtures)
  return { port: await loadAdapter(file), fixtures: people, options: {} }
}

function parseTimeLimit(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new StartProblem('--time-limit 应当是 1–999999 的毫秒数。')
  return Number(text)
}

function parseNames(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.split(/[,，]/)).flatMap((name) => name.trim() || [])
}
