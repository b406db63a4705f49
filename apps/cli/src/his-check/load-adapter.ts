import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { systemClock } from '@zhangyi/core'
import { createHis, HisAdapterError, HisConfigError, type HisPort, loadHisAdapter } from '@zhangyi/his'
import { loadSettings, readSecret, secretOpener } from '@zhangyi/server'
import { StartProblem } from '../start/start-problem.ts'

/**
 * The port under test: of a hospital's own module, or, from a `.json` file, of the `his` part of a hospital's
 * configuration. Throws `StartProblem`.
 */
export async function loadAdapter(file: string): Promise<HisPort> {
  try {
    const opener = secretOpener(loadSettings(process.env))
    const tools = { clock: systemClock, readSecret: (secret: string) => readSecret(opener, secret) }
    if (!file.endsWith('.json')) return await loadHisAdapter(file, tools)
    return await createHis(readJson(resolve(file)), tools)
  } catch (error) {
    if (error instanceof HisAdapterError || error instanceof HisConfigError)
      throw new StartProblem(error.message)
    throw error
  }
}

function readJson(file: string): unknown {
  if (!existsSync(file)) throw new StartProblem(`找不到 HIS 配置 ${file}`)
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new StartProblem(`HIS 配置 ${file} 不是有效的 JSON`)
  }
}
