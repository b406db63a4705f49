import { z } from 'zod'
import type { PayPlatform } from '../platform.ts'
import type { Act } from './act.ts'

/** Which keys sign: the switch-over that WeChat runs, and the rotation of certificates. */
export function keyActions(
  { keys, ...platform }: PayPlatform,
  changed: () => void,
): Readonly<Record<string, Act>> {
  const shown = () => ({
    publicKeyId: keys.all.publicKeyId,
    publicKeyShare: keys.publicKeyShare,
    publicKeyOnly: keys.publicKeyOnly,
    certificates: keys.all.certificates.map(({ serial, pem, signsFromMs }) => ({
      ...{ serial, pem, signs: signsFromMs <= platform.clock.nowMs() },
    })),
  })
  return {
    keys: shown,
    'key-switchover': (input) => {
      keys.publicKeyShare = z
        .strictObject({ publicKeyShare: z.number().min(0).max(1) })
        .parse(input).publicKeyShare
      changed()
      return shown()
    },
    'public-key-only': (input) => {
      keys.publicKeyOnly = z.strictObject({ on: z.boolean().default(true) }).parse(input).on
      changed()
      return shown()
    },
    'rotate-certificate': (input) => {
      const { signsInMs } = z.strictObject({ signsInMs: z.number().int().min(0).default(0) }).parse(input)
      return { serial: keys.rotateCertificate(signsInMs), ...shown() }
    },
  }
}
