import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Settings } from '../settings/settings.ts'

const SHORTEST = 20

/**
 * The one key that opens the operators' pages, until they have accounts. Only in development is a missing one made, in the
 * data folder; production without the setting has no such pages (`undefined`). Throws for a key that could be guessed.
 */
export function loadOperatorKey(
  settings: Pick<Settings, 'mode' | 'dataDir' | 'operatorKeyFile'>,
): string | undefined {
  const { mode, dataDir, operatorKeyFile } = settings
  if (operatorKeyFile === undefined && mode === 'production') return undefined
  const file = operatorKeyFile ?? join(dataDir, 'operator-key')
  if (existsSync(file)) return checked(readFileSync(file, 'utf8').trim(), file)
  if (operatorKeyFile !== undefined)
    throw new Error(
      `找不到运营密钥文件：${resolve(file)}。生成一个：openssl rand -hex 16 > 文件；并设置 ZHANGYI_OPERATOR_KEY_FILE`,
    )
  mkdirSync(dirname(file), { recursive: true })
  const key = randomBytes(12).toString('hex')
  writeFileSync(file, `${key}\n`, { mode: 0o600 })
  return key
}

function checked(key: string, file: string): string {
  if (key.length < SHORTEST)
    throw new Error(
      `运营密钥太短，至少 ${SHORTEST} 个字符：${resolve(file)}。可以用 openssl rand -hex 16 生成`,
    )
  return key
}
