import type { Hospital } from '../../../platform/hospitals/hospitals.ts'
import type { Platform } from '../../../platform/platform.ts'
import { readSecret } from '../../../platform/secrets/read-secret.ts'
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
  cipher,
  fetch: send,
}: Pick<Platform, 'hospitals' | 'clock' | 'cipher' | 'fetch'>): Promise<
  (hospital: Hospital) => NationalIdentity | undefined
> {
  const made = new Map<string, NationalIdentity>()
  const secretIn = (file: string) => readSecret(cipher, file)
  for (const { id, verification } of hospitals.all) {
    if (!verification.nationalIdentity) continue
    const { module, options } = verification.nationalIdentity
    try {
      const tools = { clock, fetch: send, readSecret: secretIn, options }
      made.set(id, limitNationalIdentity(await loadNationalIdentity(module, tools)))
    } catch (error) {
      throw new Error(`医院 ${id} 的 verification.nationalIdentity：${(error as Error).message}`, {
        cause: error,
      })
    }
  }
  return ({ id }) => made.get(id)
}
