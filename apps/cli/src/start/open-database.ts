import { readSecret, type Settings, secretOpener, startEmbedded } from '@zhangyi/server'
import type { Stopping } from './stop-on-signals.ts'

/** The database that the settings name, or the embedded one. */
export async function openDatabase(
  settings: Settings,
  dataDir: string,
  stopping: Stopping,
  say: (line: string) => void,
) {
  if (settings.databaseUrl) {
    const opener = secretOpener(settings)
    const ownerDatabaseUrl = settings.ownerDatabaseUrl && readSecret(opener, settings.ownerDatabaseUrl)
    return {
      databaseUrl: readSecret(opener, settings.databaseUrl),
      ...(ownerDatabaseUrl && { ownerDatabaseUrl }),
    }
  }
  const embedded = await startEmbedded({ dataDir, log: say })
  stopping.add(() => embedded.stop())
  return { databaseUrl: embedded.appUrl, ownerDatabaseUrl: embedded.ownerUrl }
}
