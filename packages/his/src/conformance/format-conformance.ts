import { CHECKS } from './checks.ts'
import type { ConformanceResult } from './run-conformance.ts'

const MARKS = { passed: '✓', failed: '✗', 'not-offered': '–' } as const

/** For a terminal: one line a check, below it why it failed or was left out, and the sums at the end. */
export function formatConformance(results: readonly ConformanceResult[]): string {
  const count = (status: ConformanceResult['status']) =>
    results.filter((result) => result.status === status).length
  const lines = results.flatMap(({ name, zh, status, why }) => [
    `${MARKS[status]} ${zh}${status === 'failed' ? `  [${name}]` : ''}`,
    ...(why === undefined ? [] : why.split('\n').map((line) => `    ${line}`)),
  ])
  const failed = count('failed')
  const passed = results.length < CHECKS.length ? '只检查了一部分，全部通过才可以接入。' : '可以接入。'
  const verdict = failed === 0 ? passed : '还不能接入：请先改正 ✗ 的各项。'
  const sums = `通过 ${count('passed')} 项，失败 ${failed} 项，未提供 ${count('not-offered')} 项。${verdict}`
  return [...lines, '', sums].join('\n')
}
