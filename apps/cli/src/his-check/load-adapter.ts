import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { HisPort } from '@zhangyi/his'
import { StartProblem } from '../start/start-problem.ts'

/** The port of a module whose default export is one, or a function that answers one. Throws `StartProblem`. */
export async function loadAdapter(module: string): Promise<HisPort> {
  const file = resolve(module)
  if (!existsSync(file)) throw new StartProblem(`找不到适配器模块 ${file}`)
  const { default: exported } = (await import(pathToFileURL(file).href)) as { readonly default?: unknown }
  const port: unknown = typeof exported === 'function' ? await exported() : exported
  if (!isHisPort(port))
    throw new StartProblem(
      `${file} 的默认导出应当是 HisPort，或返回 HisPort 的函数：要有 probe、archives.find、archives.create、cards.bind。`,
    )
  return port
}

function isHisPort(value: unknown): value is HisPort {
  const { probe, archives, cards } = (value ?? {}) as Partial<HisPort>
  return [probe, archives?.find, archives?.create, cards?.bind].every((one) => typeof one === 'function')
}
