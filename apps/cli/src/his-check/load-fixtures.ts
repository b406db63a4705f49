import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { shanghaiDay } from '@zhangyi/core'
import { type ConformanceFixtures, parseFixtures } from '@zhangyi/his'
import { StartProblem } from '../start/start-problem.ts'

/** The people whom a HIS's test environment knows, from a file. Throws `StartProblem`, without personal data. */
export function loadFixtures(file: string): ConformanceFixtures {
  if (!existsSync(file)) throw new StartProblem(`找不到样本文件 ${resolve(file)}`)
  try {
    return parseFixtures(JSON.parse(readFileSync(file, 'utf8')), shanghaiDay(Date.now()))
  } catch (error) {
    // A syntax error quotes the file, and with it names and numbers.
    const why = error instanceof SyntaxError ? '不是有效的 JSON' : (error as Error).message
    throw new StartProblem(`样本文件 ${resolve(file)} 不能用：${why}`)
  }
}
