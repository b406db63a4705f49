import { Cipher } from '../crypto/cipher.ts'
import { readDataKey } from '../crypto/data-key.ts'
import type { Settings } from '../settings/settings.ts'
import type { Opener } from './read-secret.ts'

/** For who has no cipher yet: the master key is read with the first sealed file, and not at all when all are plain. */
export function secretOpener(settings: Pick<Settings, 'dataDir' | 'dataKeyFile'>): Opener {
  return {
    openBytes: (sealed, purpose) => new Cipher(readDataKey(settings)).openBytes(sealed, purpose),
  }
}
