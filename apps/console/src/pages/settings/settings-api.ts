import { get, post } from '../../api/request.ts'

export interface SettingRow {
  readonly path: string
  readonly about: string
  /** Empty: not set. */
  readonly value: string
  readonly standard?: string
  readonly isStandard: boolean
}

export interface SettingGroup {
  readonly key: string
  readonly name: string
  readonly isSet: boolean
  readonly rows: readonly SettingRow[]
}

export interface KeyFacts {
  readonly fingerprint: string
  readonly serial?: string
  readonly expiresAtMs?: number
}

export interface Key {
  readonly path: string
  readonly name: string
  readonly file: string
  readonly kind: 'secret' | 'api-v3' | 'aes' | 'private-key' | 'public-key' | 'certificate'
  readonly state: string
  readonly problem?: string
  /** Absent where no file is. */
  readonly storage?: 'sealed' | 'plain'
  readonly advice?: string
  readonly facts?: KeyFacts
  readonly changedAtMs?: number
}

export interface AllSettings {
  /** Absent: the example hospital of development. */
  readonly file?: string
  readonly groups: readonly SettingGroup[]
  readonly keys: readonly Key[]
  readonly installation?: readonly SettingRow[]
}

export interface TestLine {
  readonly name: string
  readonly about: string
  readonly state: 'passed' | 'failed' | 'by-hand'
  readonly note?: string
}

export interface CheckedKey {
  readonly facts: KeyFacts
  readonly problems: readonly string[]
  readonly notes: readonly string[]
}

export interface ReplacedKey {
  readonly facts: KeyFacts
  readonly notes: readonly string[]
  /** Where the former one is now. */
  readonly previous?: string
}

export interface GivenKey {
  readonly path: string
  readonly text: string
  readonly certificate?: string
}

export const settingsApi = {
  read: (hospital: string, signal: AbortSignal) => get<AllSettings>('/settings', { hospital }, signal),
  test: (hospital: string) =>
    post<{ atMs: number; lines: readonly TestLine[] }>('/settings/tests', { hospital }),
  checkKey: (hospital: string, key: GivenKey) =>
    post<CheckedKey>('/settings/keys/check', { hospital, ...key }),
  replaceKey: (hospital: string, key: GivenKey) =>
    post<ReplacedKey>('/settings/keys/replace', { hospital, ...key }),
}
