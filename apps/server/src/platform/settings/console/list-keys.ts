import { readFileSync, statSync } from 'node:fs'
import { DAY_MS } from '@zhangyi/core'
import type { Cipher } from '../../crypto/cipher.ts'
import type { Hospital } from '../../hospitals/hospitals.ts'
import { type KeyPlace, keyPlaces } from './key-places.ts'
import { KeyError, type KeyFacts, readKey } from './read-key.ts'

const SOON_MS = 30 * DAY_MS

export type KeyState = 'good' | 'ending' | 'ended' | 'changed' | 'unusable' | 'missing'

export interface ListedKey extends KeyPlace {
  readonly state: KeyState
  readonly problem: string | undefined
  readonly facts: KeyFacts | undefined
  readonly changedAtMs: number | undefined
}

interface Parts {
  readonly cipher: Pick<Cipher, 'blindIndex'>
  readonly nowMs: number
  readonly startedAtMs: number
}

/** Every key of a hospital as its file is now: what may be told of it, and whether it can be used. */
export function listKeys(hospital: Hospital, parts: Parts): readonly ListedKey[] {
  return keyPlaces(hospital).map((place) => ({ ...place, ...stateOf(place, parts) }))
}

function stateOf({ file, kind }: KeyPlace, parts: Parts): Omit<ListedKey, keyof KeyPlace> {
  const nothing = { facts: undefined, changedAtMs: undefined }
  let text: string
  let changedAtMs: number
  let isOpen: boolean
  try {
    const { mtimeMs, mode } = statSync(file)
    changedAtMs = Math.round(mtimeMs)
    isOpen = process.platform !== 'win32' && (mode & 0o077) !== 0
    text = readFileSync(file, 'utf8').trim()
  } catch {
    return { ...nothing, state: 'missing', problem: '没有这个文件，或运行网关的用户读不到它' }
  }
  if (text === '') return { ...nothing, changedAtMs, state: 'missing', problem: '文件是空的' }
  try {
    const facts = readKey(parts.cipher, kind, text)
    const { expiresAtMs = Number.POSITIVE_INFINITY } = facts
    const open = isOpen ? '服务器上别的用户也读得到它，请执行 chmod 600' : undefined
    if (expiresAtMs <= parts.nowMs)
      return { facts, changedAtMs, state: 'ended', problem: '已经过期，请换新的' }
    if (changedAtMs > parts.startedAtMs)
      return { facts, changedAtMs, state: 'changed', problem: '启动以后换过，重启网关才会用新的' }
    if (expiresAtMs - parts.nowMs < SOON_MS)
      return { facts, changedAtMs, state: 'ending', problem: '快到期，请准备换新的' }
    return { facts, changedAtMs, state: 'good', problem: open }
  } catch (error) {
    if (!(error instanceof KeyError)) throw error
    return { ...nothing, changedAtMs, state: 'unusable', problem: error.message }
  }
}
