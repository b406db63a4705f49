// What the browser remembers of a person's habits. Never data of patients or money, and the console works without it:
// private windows and full disks throw.
const PREFIX = 'zhangyi.console.'

export function kept<T>(key: string): T | undefined {
  try {
    const text = localStorage.getItem(PREFIX + key)
    return text === null ? undefined : (JSON.parse(text) as T)
  } catch {
    return undefined
  }
}

export function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value))
  } catch {
    // Then it is not remembered.
  }
}

/** Calls back when another tab of this browser keeps something under the key. */
export function whenKeptElsewhere(key: string, handler: () => void): () => void {
  const listen = (event: StorageEvent) => event.key === PREFIX + key && handler()
  window.addEventListener('storage', listen)
  return () => window.removeEventListener('storage', listen)
}
