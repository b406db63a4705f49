import { type Hospital, readSecret } from '../../../platform/hospitals/hospitals.ts'
import type { Platform } from '../../../platform/platform.ts'
import { limitNationalIdentity } from './limit-national-identity.ts'
import { loadNationalIdentity } from './load-national-identity.ts'
import type { NationalIdentity } from './national-identity.ts'

/**
 * The adapters of all hospitals that have one, made at start-up: a mistake in a module stops the start and not the first
 * patient.
 */
export async function connectNationalIdentity({
  hospitals,
  clock,
  fetch: send,
}: Pick<Platform, 'hospitals' | 'clock' | 'fetch'>): Promise<
  (hospital: Hospital) => NationalIdentity | undefined
> {
  const made = new Map<string, NationalIdentity>()
  for (const { id, verification } of hospitals.all) {
    if (!verification.nationalIdentity) continue
    const { module, options } = verification.nationalIdentity
    try {
      const tools = { clock, fetch: send, readSecret, options }
      made.set(id, limitNationalIdentity(await loadNationalIdentity(module, tools)))
    } catch (error) {
      throw new Error(`医院 ${id} 的 verification.nationalIdentity：${(error as Error).message}`, {
        cause: error,
      })
    }
  }
  return ({ id }) => made.get(id)
}
