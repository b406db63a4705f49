import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Hospital, Hospitals } from '../../platform/hospitals/hospitals.ts'
import { problemsOfTable } from './check-indicator-table.ts'
import { createExplainer, type ExplainIndicator, explainIndicator } from './explain-indicator.ts'
import { type IndicatorTable, indicatorTableSchema } from './indicator-entry.ts'

/**
 * The explainer of every hospital: by our table, by its own, or none where it is switched off. Called at the start: a
 * mistake in a file stops the start, with all its problems in Chinese.
 */
export function loadExplainers(
  hospitals: Pick<Hospitals, 'all'>,
): (hospital: Pick<Hospital, 'id'>) => ExplainIndicator {
  const explainers = new Map(hospitals.all.map(({ id, records }) => [id as string, explainerOf(id, records)]))
  return ({ id }) => explainers.get(id) ?? nothing
}

const nothing: ExplainIndicator = () => null

function explainerOf(id: string, { explanations, explanationFile }: Hospital['records']): ExplainIndicator {
  if (!explanations) return nothing
  if (explanationFile === undefined) return explainIndicator
  try {
    return createExplainer(readTable(explanationFile))
  } catch (error) {
    throw new Error(`医院 ${id} 的 records.explanationFile：${(error as Error).message}`, { cause: error })
  }
}

/** Throws an `Error` that lists every problem. */
export function readTable(file: string): IndicatorTable {
  const parsed = indicatorTableSchema.safeParse(parseFile(file), { error: z.locales.zhCN().localeError })
  const problems = parsed.success
    ? problemsOfTable(parsed.data)
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}：${message}`)
  if (parsed.success && problems.length === 0) return parsed.data
  throw new Error(`指标解释表 ${file} 有误：\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
}

function parseFile(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new Error(`读不到文件 ${file}，请检查路径和权限`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${file} 不是 JSON`)
  }
}
