import { readFileSync } from 'node:fs'
import type { Clock } from '@zhangyi/core'
import type { HisPort } from '../../port.ts'
import type { OnHisCall } from '../call/call-record.ts'
import { HisConfigError, parseConfig } from '../config-error.ts'
import { createRestHis } from '../rest/create-rest-his.ts'
import type { RestAuth } from '../rest/sign-request.ts'
import { createSoapHis } from '../soap/create-soap-his.ts'
import { type HisConfig, hisConfigSchema } from './his-config.ts'
import { loadHisAdapter } from './load-his-adapter.ts'
import { readSecretFile } from './read-secret-file.ts'

export interface HisTools {
  readonly clock: Clock
  readonly fetch?: typeof fetch
  readonly readSecret?: (file: string) => string
  /** Reads a mapping file. */
  readonly readText?: (file: string) => string
  readonly onCall?: OnHisCall
}

type MappedConfig = Exclude<HisConfig, { kind: 'module' }>

/**
 * The port of one hospital from its configuration, checked here. Throws `HisConfigError` or `HisAdapterError` with
 * Chinese texts, at start-up and not at the first patient.
 */
export async function createHis(content: unknown, tools: HisTools): Promise<HisPort> {
  const config = parseConfig('HIS 配置', hisConfigSchema, content)
  const { clock, fetch: send = fetch, readSecret = readSecretFile, onCall } = tools
  if (config.kind === 'module')
    return loadHisAdapter(config.file, { clock, fetch: send, readSecret, options: config.options, onCall })
  const { timeoutMs, changeTimeoutMs } = config
  const shared = {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(changeTimeoutMs === undefined ? {} : { changeTimeoutMs }),
    ...(onCall === undefined ? {} : { onCall }),
    clock,
    fetch: send,
    settings: settingsOf(config, readSecret),
    mapping: mappingOf(config, tools),
  }
  if (config.kind === 'soap')
    return createSoapHis({
      ...shared,
      endpoint: config.endpoint,
      charset: config.charset,
      style: config.style,
    })
  const { baseUrl, groups, without, headers } = config
  return createRestHis({
    ...shared,
    baseUrl,
    ...(groups === undefined ? {} : { groups }),
    ...(without === undefined ? {} : { without }),
    ...(headers === undefined ? {} : { headers }),
    auth: authOf(config.auth, readSecret),
  })
}

function authOf(
  auth: Extract<HisConfig, { kind: 'rest' }>['auth'],
  readSecret: (file: string) => string,
): RestAuth {
  if (auth.kind === 'hmac') return { kind: 'hmac', keyId: auth.keyId, secret: readSecret(auth.secretFile) }
  return auth.kind === 'bearer' ? { kind: 'bearer', token: readSecret(auth.tokenFile) } : auth
}

function settingsOf(
  { settings, settingFiles }: MappedConfig,
  readSecret: (file: string) => string,
): Readonly<Record<string, string>> {
  const read = Object.entries(settingFiles).map(([name, file]) => [name, readSecret(file)])
  return { ...settings, ...Object.fromEntries(read) }
}

function mappingOf({ mapping, mappingFile }: MappedConfig, { readText = readUtf8 }: HisTools): unknown {
  if (mappingFile === undefined) return mapping
  try {
    return JSON.parse(readText(mappingFile))
  } catch (error) {
    const why = error instanceof SyntaxError ? '不是有效的 JSON' : '读不到这个文件'
    throw new HisConfigError('HIS 配置', [{ path: 'mappingFile', message: `${mappingFile}：${why}` }])
  }
}

function readUtf8(file: string): string {
  return readFileSync(file, 'utf8')
}
