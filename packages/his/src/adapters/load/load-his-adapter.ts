import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { systemClock } from '@zhangyi/core'
import type { HisPort } from '../../port.ts'
import type { AdapterContext } from './adapter-context.ts'
import { missingOf } from './check-port.ts'
import { readSecretFile } from './read-secret-file.ts'

/** A hospital's module that cannot be used, with a Chinese sentence for its author. */
export class HisAdapterError extends Error {
  override readonly name = 'HisAdapterError'
}

/**
 * The port of a hospital's own module (`.ts` or `.js`), whose default export is a `HisPort` or a function of the
 * context that answers one. Throws `HisAdapterError`. The module runs with all rights of the gateway: the path comes
 * from the operator, never from a request.
 */
export async function loadHisAdapter(
  fileOrUrl: string | URL,
  context: Partial<AdapterContext> = {},
): Promise<HisPort> {
  const file = pathOf(fileOrUrl)
  if (!existsSync(file)) throw new HisAdapterError(`找不到适配器模块 ${file}`)
  const exported = await importDefault(file)
  const port: unknown =
    typeof exported === 'function'
      ? await called(file, () => (exported as (context: AdapterContext) => unknown)(complete(context)))
      : exported
  const missing = missingOf(port)
  if (missing.length > 0)
    throw new HisAdapterError(
      `适配器模块 ${file} 还不能用：\n${missing.map((line) => `  ${line}`).join('\n')}`,
    )
  return port as HisPort
}

function pathOf(fileOrUrl: string | URL): string {
  const text = String(fileOrUrl)
  return text.startsWith('file:') ? fileURLToPath(text) : resolve(text)
}

async function importDefault(file: string): Promise<unknown> {
  try {
    const module = (await import(pathToFileURL(file).href)) as { readonly default?: unknown }
    return module.default
  } catch (error) {
    throw new HisAdapterError(`适配器模块 ${file} 不能载入：${wordsOf(error)}`, { cause: error })
  }
}

async function called(file: string, make: () => unknown): Promise<unknown> {
  try {
    return await make()
  } catch (error) {
    throw new HisAdapterError(`适配器模块 ${file} 的函数抛出了错误：${wordsOf(error)}`, { cause: error })
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

function complete(context: Partial<AdapterContext>): AdapterContext {
  return {
    clock: context.clock ?? systemClock,
    fetch: context.fetch ?? fetch,
    readSecret: context.readSecret ?? readSecretFile,
    options: context.options ?? {},
    onCall: context.onCall,
  }
}
