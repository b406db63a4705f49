const KEY = 'zhangyi.console.reloaded'
const AGAIN_AFTER_MS = 30_000

/** Loads an address anew, but not again and again: false when that was tried just now. */
export function reloadOnce(address: string): boolean {
  const last = Number(sessionStorage.getItem(KEY) ?? 0)
  if (Date.now() - last < AGAIN_AFTER_MS) return false
  sessionStorage.setItem(KEY, String(Date.now()))
  window.location.assign(address)
  return true
}
