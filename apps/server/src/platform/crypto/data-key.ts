import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Settings } from '../settings/settings.ts'

/** Reads the master key from its file. Only in development is a missing one made, in the data folder. */
export function loadDataKey(settings: Pick<Settings, 'mode' | 'dataDir' | 'dataKeyFile'>): string {
  const file = settings.dataKeyFile ?? join(settings.dataDir, 'data-key')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  if (settings.mode === 'production' || settings.dataKeyFile)
    throw new Error(
      `找不到主密钥文件：${resolve(file)}。生成一个：openssl rand -hex 32 > 文件；并设置 ZHANGYI_DATA_KEY_FILE`,
    )
  mkdirSync(dirname(file), { recursive: true })
  const key = randomBytes(32).toString('hex')
  writeFileSync(file, `${key}\n`, { mode: 0o600 })
  return key
}
