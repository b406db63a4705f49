import { Database, readSecret, type Settings, secretOpener, startEmbedded } from '@zhangyi/server'

/** The database that the settings name, or the embedded one: that of a running server is used and left running. */
export async function withDatabase<T>(
  settings: Settings,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  const embedded = settings.databaseUrl ? undefined : await startEmbedded({ dataDir: settings.dataDir })
  const url = embedded?.appUrl ?? readSecret(secretOpener(settings), settings.databaseUrl as string)
  const database = new Database({ url })
  try {
    return await use(database)
  } finally {
    await database.close()
    if (embedded && !embedded.adopted) await embedded.stop()
  }
}
