/**
 * A place in the phone's storage with its type. The guard runs on every read: what an older version of the
 * app, or somebody with a debugger, has left there must not reach a page with a wrong type.
 */
export type StorageKey<T> = { readonly name: string; readonly isValid: (value: unknown) => value is T }

type Stored = { value: unknown; expiresAtMs: number | null }

const PREFIX = 'zhangyi.'

export function storageKey<T>(name: string, isValid: (value: unknown) => value is T): StorageKey<T> {
  return { name: PREFIX + name, isValid }
}

/** The caller says how long a value lives; a setting that never expires says so in words. */
export function remember<T>(
  key: StorageKey<T>,
  value: T,
  ttlMs: number | 'forever',
  nowMs = Date.now(),
): boolean {
  const stored: Stored = { value, expiresAtMs: ttlMs === 'forever' ? null : nowMs + ttlMs }
  try {
    uni.setStorageSync(key.name, JSON.stringify(stored))
    return true
  } catch {
    // Storage full or forbidden (private browsing): the app goes on, only without memory.
    return false
  }
}

export function recall<T>(key: StorageKey<T>, nowMs = Date.now()): T | undefined {
  const stored = readStored(key.name)
  if (!stored) return undefined
  if (stored.expiresAtMs !== null && stored.expiresAtMs <= nowMs) {
    forget(key)
    return undefined
  }
  return key.isValid(stored.value) ? stored.value : undefined
}

export function forget(key: StorageKey<unknown> | { readonly name: string }): void {
  try {
    uni.removeStorageSync(key.name)
  } catch {
    // Nothing to forget where storage is forbidden.
  }
}

/**
 * Removes what is past its time. `recall` does so for the value it reads; an abandoned form is never read
 * again, and must not lie on the phone for longer than was said.
 */
export function sweepStorage(nowMs = Date.now()): void {
  for (const name of ownNames()) {
    const stored = readStored(name)
    if (stored && stored.expiresAtMs !== null && stored.expiresAtMs <= nowMs) forget({ name })
  }
}

/** Removes everything whose key begins so, e.g. all drafts when a consent is withdrawn. */
export function forgetAll(prefix: string): void {
  for (const name of ownNames()) if (name.startsWith(PREFIX + prefix)) forget({ name })
}

function ownNames(): string[] {
  try {
    return uni.getStorageInfoSync().keys.filter((name) => name.startsWith(PREFIX))
  } catch {
    return []
  }
}

function readStored(name: string): Stored | undefined {
  try {
    const raw: unknown = uni.getStorageSync(name)
    // uni on H5 hands back parsed JSON for text that it believes to be JSON.
    const parsed: unknown = typeof raw === 'string' && raw !== '' ? JSON.parse(raw) : raw
    if (typeof parsed !== 'object' || parsed === null || !('value' in parsed) || !('expiresAtMs' in parsed))
      return undefined
    const { value, expiresAtMs } = parsed
    if (expiresAtMs !== null && typeof expiresAtMs !== 'number') return undefined
    return { value, expiresAtMs }
  } catch {
    return undefined
  }
}
