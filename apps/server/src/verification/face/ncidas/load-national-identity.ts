import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { NationalIdentity, NationalIdentityOptions } from './national-identity.ts'

/** A hospital's module that cannot be used, with a Chinese sentence for its author. */
export class NationalIdentityError extends Error {
  override readonly name = 'NationalIdentityError'
}

/**
 * The adapter of a module (`.ts` or `.js`) that exports `createNationalIdentity(options)`. Throws
 * `NationalIdentityError`. The module runs with all rights of the gateway: its path comes from the operator only.
 */
export async function loadNationalIdentity(
  path: string,
  options: NationalIdentityOptions,
): Promise<NationalIdentity> {
  const file = resolve(path)
  if (!existsSync(file)) throw new NationalIdentityError(`找不到国家网络身份认证模块 ${file}`)
  const { createNationalIdentity: create } = await attempt(
    `模块 ${file} 不能载入`,
    async () => (await import(pathToFileURL(file).href)) as { readonly createNationalIdentity?: unknown },
  )
  if (typeof create !== 'function')
    throw new NationalIdentityError(`模块 ${file} 应当导出函数 createNationalIdentity`)
  const made: unknown = await attempt(`模块 ${file} 的 createNationalIdentity 抛出了错误`, () =>
    (create as (options: NationalIdentityOptions) => unknown)(options),
  )
  const missing = ['start', 'settle'].filter((name) => !hasMethod(made, name))
  if (missing.length > 0)
    throw new NationalIdentityError(`模块 ${file} 还不能用：${missing.join('、')} 应当是函数`)
  return made as NationalIdentity
}

async function attempt<T>(what: string, fn: () => T | Promise<T>): Promise<T> {
  try {
    return await fn()
  } catch (error) {
    const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    throw new NationalIdentityError(`${what}：${words}`, { cause: error })
  }
}

function hasMethod(made: unknown, name: string): boolean {
  return typeof (made as Readonly<Record<string, unknown>> | null | undefined)?.[name] === 'function'
}
