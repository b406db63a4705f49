import { type ChildProcess, fork } from 'node:child_process'

/** A process that is asked one thing at a time and answers each. */
export interface Child {
  readonly pid: number
  ask<T>(question: object): Promise<T>
  stop(): Promise<void>
}

/** Starts a file in a process of its own; its first message says that it is ready, and is `hello`. */
export async function startChild<T>(
  file: URL,
  setup: object = {},
  execArgv: readonly string[] = [],
): Promise<{ readonly child: Child; readonly hello: T }> {
  const process_ = fork(file, [JSON.stringify(setup)], {
    stdio: ['ignore', 2, 2, 'ipc'],
    execArgv: [...execArgv],
  })
  const hello = await answerOf<T>(process_)
  return {
    hello,
    child: {
      pid: process_.pid ?? 0,
      ask: (question) => {
        const answer = answerOf<never>(process_)
        process_.send(question)
        return answer
      },
      stop: async () => {
        if (process_.exitCode !== null) return
        const gone = new Promise((resolve) => process_.once('exit', resolve))
        process_.disconnect()
        await gone
      },
    },
  }
}

function answerOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a process of the bench ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message as T)
    })
  })
}

/** In the child: what the parent set up, and how it is answered. */
export function setupOf<T>(): T {
  return JSON.parse(process.argv[2] ?? '{}') as T
}

export function answerEach<Q>(answer: (question: Q) => Promise<object>): void {
  process.on('message', (question: Q) => {
    answer(question).then(
      (value) => process.send?.(value),
      (error: unknown) => {
        process.stderr.write(`${(error as Error).stack}\n`)
        process.exit(1)
      },
    )
  })
  process.send?.({})
}
