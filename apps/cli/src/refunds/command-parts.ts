import { readFileSync } from 'node:fs'
import { fen, formatYuan } from '@zhangyi/core'
import { StartProblem } from '../start/start-problem.ts'

/** Options that the commands of refunds have in common. */
export const WHOSE = ['--hospital <编号>', '医院配置里的 id，默认第一家'] as const
export const WHO = ['--operator <工号>', '谁在操作，写进审计'] as const

export function readText(path: string): string {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch {
    throw new StartProblem(`读不到文件 ${path}。`)
  }
  // Chinese spreadsheets save in either; what is no UTF-8 is read as the other, and the first line has to be right.
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

export function yuan(amountFen: number): string {
  return formatYuan(fen(amountFen))
}

export function write(line: string): void {
  process.stdout.write(`${line}\n`)
}
