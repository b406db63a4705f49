import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Settings } from '../settings/settings.ts'

type Place = Pick<Settings, 'dataDir' | 'dataKeyFile'>

export function dataKeyPlace({ dataKeyFile, dataDir }: Place): string {
  return resolve(dataKeyFile ?? join(dataDir, 'data-key'))
}

/** Reads the master key from its file. It opens all others, and is itself never sealed. */
export function readDataKey(settings: Place): string {
  const file = dataKeyPlace(settings)
  if (!existsSync(file))
    throw new Error(
      `找不到主密钥文件：${file}。生成一个：openssl rand -hex 32 > 文件；并设置 ZHANGYI_DATA_KEY_FILE`,
    )
  return readFileSync(file, 'utf8').trim()
}

/** The same; only in development is a missing one made, in the data folder. */
export function loadDataKey(settings: Place & Pick<Settings, 'mode'>): string {
  const file = dataKeyPlace(settings)
  if (existsSync(file) || settings.mode === 'production' || settings.dataKeyFile) return readDataKey(settings)
  mkdirSync(dirname(file), { recursive: true })
  const key = randomBytes(32).toString('hex')
  writeFileSync(file, `${key}\n`, { mode: 0o600 })
  return key
}
