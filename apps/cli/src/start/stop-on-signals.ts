export interface Stopping {
  /** Runs when everything stops; the last one added runs first. */
  add(stop: () => Promise<void>): void
  /** Stops everything once, without ending the process. */
  stopAll(): Promise<void>
}

/** Stops everything cleanly on Ctrl-C, on a plain kill, and when the bootstrap that started us was killed. */
export function stopOnSignals(say: (line: string) => void): Stopping {
  const stops: (() => Promise<void>)[] = []
  let stopping: Promise<void> | undefined
  const stopAll = () => {
    stopping ??= (async () => {
      for (const stop of stops.reverse())
        await stop().catch((error) => say(`停止时出错：${(error as Error).message}`))
    })()
    return stopping
  }
  const end = () =>
    void stopAll().then(() => {
      say('已停止。')
      process.exit(0)
    })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  process.on('disconnect', end)
  return { add: (stop) => void stops.push(stop), stopAll }
}
