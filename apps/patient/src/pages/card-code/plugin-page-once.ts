// As long as somebody stands at a window.
const PAUSE_MS = 5 * 60_000
const openedAtMs = new Map<string, number>()

/**
 * The platform's page opens by itself once. Coming back from it, be it by "back" or by the platform opening our
 * page anew, must show our page: otherwise nobody could get past it.
 */
export function mayOpenPluginPage(patientId: string, nowMs = Date.now()): boolean {
  const before = openedAtMs.get(patientId)
  if (before !== undefined && nowMs - before < PAUSE_MS && nowMs >= before) return false
  openedAtMs.set(patientId, nowMs)
  return true
}
