import { statSync } from 'node:fs'
import { DAY_MS } from '@zhangyi/core'
import type { Cipher } from '../../crypto/cipher.ts'
import type { Hospital } from '../../hospitals/hospitals.ts'
import { readSecretFile, SecretError } from '../../secrets/read-secret.ts'
import { type KeyKind, type KeyPlace, keyPlaces } from './key-places.ts'
import { KeyError, type KeyFacts, readKey } from './read-key.ts'

const SOON_MS = 30 * DAY_MS

export type KeyState = 'good' | 'ending' | 'ended' | 'changed' | 'unusable' | 'missing'

export interface ListedKey extends KeyPlace {
  readonly state: KeyState
  /** Undefined where nothing is there to be kept. */
  readonly storage: 'sealed' | 'plain' | undefined
  /** What would be better, though it works. */
  readonly advice: string | undefined
  readonly problem: string | undefined
  readonly facts: KeyFacts | undefined
  readonly changedAtMs: number | undefined
}

interface Parts {
  readonly cipher: Pick<Cipher, 'blindIndex' | 'openBytes'>
  readonly isProduction: boolean
  readonly nowMs: number
  readonly startedAtMs: number
}

/** Every key of a hospital as its file is now: what may be told of it, and whether it can be used. */
export function listKeys(hospital: Hospital, parts: Parts): readonly ListedKey[] {
  return keyPlaces(hospital).map((place) => ({ ...place, ...stateOf(place, parts) }))
}

type Found = Omit<ListedKey, keyof KeyPlace>
const NOTHING = { storage: undefined, advice: undefined, facts: undefined, changedAtMs: undefined }

function stateOf({ file, kind }: KeyPlace, parts: Parts): Found {
  let seen: { readonly mtimeMs: number; readonly mode: number }
  let secret: ReturnType<typeof readSecretFile>
  try {
    seen = statSync(file)
    secret = readSecretFile(parts.cipher, file)
  } catch (error) {
    const isDamaged = error instanceof SecretError && error.why === 'does-not-open'
    const problem = error instanceof SecretError ? error.problem : '没有这个文件，或运行网关的用户读不到它'
    return isDamaged
      ? { ...NOTHING, storage: 'sealed', state: 'unusable', problem }
      : { ...NOTHING, state: 'missing', problem }
  }
  const { text, isSealed } = secret
  const kept = {
    ...{ storage: isSealed ? ('sealed' as const) : ('plain' as const) },
    ...{ advice: adviceOn(kind, { isSealed, mode: seen.mode }, parts) },
    changedAtMs: Math.round(seen.mtimeMs),
  }
  try {
    const facts = readKey(parts.cipher, kind, text)
    return { ...kept, facts, ...usability(facts, kept.changedAtMs, parts) }
  } catch (error) {
    if (!(error instanceof KeyError)) throw error
    return { ...kept, facts: undefined, state: 'unusable', problem: error.message }
  }
}

function usability(
  { expiresAtMs = Number.POSITIVE_INFINITY }: KeyFacts,
  changedAtMs: number,
  { nowMs, startedAtMs }: Parts,
): Pick<Found, 'state' | 'problem'> {
  if (expiresAtMs <= nowMs) return { state: 'ended', problem: '已经过期，请换新的' }
  if (changedAtMs > startedAtMs) return { state: 'changed', problem: '启动以后换过，重启网关才会用新的' }
  if (expiresAtMs - nowMs < SOON_MS) return { state: 'ending', problem: '快到期，请准备换新的' }
  return { state: 'good', problem: undefined }
}

/** Public keys and certificates are no secrets. */
const PUBLIC: ReadonlySet<KeyKind> = new Set(['public-key', 'certificate'])

function adviceOn(
  kind: KeyKind,
  { isSealed, mode }: { readonly isSealed: boolean; readonly mode: number },
  { isProduction }: Parts,
): string | undefined {
  if (isSealed || PUBLIC.has(kind)) return undefined
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    return '服务器上别的用户也读得到它，请执行 chmod 600，或用 zhangyi keys seal 加密'
  return isProduction ? '建议加密：在服务器上执行 zhangyi keys seal，或在这里更换' : undefined
}
