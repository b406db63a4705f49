import { createServer } from 'node:net'
import { StartProblem } from './start-problem.ts'

export interface WantedPort {
  readonly port: number
  /** What listens there, e.g. 「网关」. */
  readonly zh: string
  /** The setting that moves it. */
  readonly setting: string
}

/** Refuses to start, before anything is touched, when a port is taken; says which, and how to move it. */
export async function claimPorts(wanted: readonly WantedPort[]): Promise<void> {
  for (const { port, zh, setting } of wanted)
    if (!(await isFree(port)))
      throw new StartProblem(
        `端口 ${port}（${zh}）已经被占用：可能另一个掌医还在运行。\n换一个端口：${setting}=另一个端口 npm start\n与另一份并行运行时，ZHANGYI_PORT、ZHANGYI_SANDBOX_PORT、ZHANGYI_DATA_DIR 都要不同。`,
      )
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
