import { vi } from 'vitest'

/** A phone's storage for tests; what lies in it can be looked at. */
export function fakeUni(): Map<string, string> {
  const stored = new Map<string, string>()
  vi.stubGlobal('uni', {
    getStorageSync: (name: string) => stored.get(name) ?? '',
    setStorageSync: (name: string, value: string) => void stored.set(name, value),
    removeStorageSync: (name: string) => void stored.delete(name),
    getStorageInfoSync: () => ({ keys: [...stored.keys()] }),
  })
  return stored
}
