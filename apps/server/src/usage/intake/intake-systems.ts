import type { Hospital, Hospitals } from '../../platform/hospitals/hospitals.ts'
import { type Opener, readSecret } from '../../platform/secrets/read-secret.ts'
import { OWN_SOURCE } from '../record-usage-event.ts'
import { EventRules } from './read-event.ts'

const SHORTEST_SECRET = 32

/** Another system of a hospital that may push events. */
export interface IntakeSystem {
  readonly systemId: string
  readonly keyId: string
  readonly secret: string
  readonly hospital: Hospital
  readonly rules: EventRules
}

/**
 * All systems of all hospitals by their key ids. Throws, so that the server does not start, for a key id or a system
 * that is there twice and for a secret that is missing or could be guessed.
 */
export function loadIntakeSystems(hospitals: Hospitals, opener: Opener): ReadonlyMap<string, IntakeSystem> {
  const systems = new Map<string, IntakeSystem>()
  for (const hospital of hospitals.all) {
    const rules = new EventRules(hospital)
    const ids = new Set([OWN_SOURCE])
    for (const { systemId, keyId, secretFile } of hospital.usage.intake) {
      const place = `${hospital.id}.usage.intake（${systemId}）`
      if (ids.has(systemId)) throw new Error(`${place}：systemId 重复，或是保留的 ${OWN_SOURCE}`)
      ids.add(systemId)
      if (systems.has(keyId))
        throw new Error(`${place}：keyId 已被另一个系统使用，所有医院的 keyId 都不能相同`)
      const secret = readSecret(opener, secretFile)
      if (secret.length < SHORTEST_SECRET)
        throw new Error(`${place}：密钥至少 ${SHORTEST_SECRET} 个字符，可以用 openssl rand -hex 32 生成`)
      systems.set(keyId, { systemId, keyId, secret, hospital, rules })
    }
  }
  return systems
}
