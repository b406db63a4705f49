import { Worker } from 'node:worker_threads'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { Printing } from './make-record-pdf.ts'
import type { Printed } from './print-thread.ts'

export interface RecordPrinter {
  /**
   * The PDF's bytes. Throws `too-many-requests` when too many wait, of all users or of this one, and `internal` when it
   * cannot be made.
   */
  print(userId: string, printing: Printing): Promise<Buffer>
  close(): Promise<void>
}

/** A long report takes half a second; beyond this the thread is stuck. */
const TIME_LIMIT_MS = 20_000
const MEMORY_LIMIT_MB = 512
// A double tap is served; one phone never fills the queue that all share.
const MAX_OF_USER = 2

/**
 * Makes PDFs in a thread of its own: cutting a Chinese font down to the characters of one report takes the processor
 * for a tenth of a second and more, in which nobody else would be answered. The thread starts with the first report
 * and stays, with the fonts in its memory; one that fails or hangs is ended, and the next report starts another.
 */
export function recordPrinter(maxWaiting = 20): RecordPrinter {
  let thread: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()
  const waiting: string[] = []
  let closed = false

  const drop = async (): Promise<void> => {
    const dropped = thread
    thread = undefined
    await dropped?.terminate()
  }
  const printNow = async (printing: Printing): Promise<Buffer> => {
    if (closed) throw new AppError('not-ready')
    thread ??= startThread()
    try {
      return await ask(thread, printing)
    } catch (error) {
      await drop()
      throw new AppError('internal', { cause: error })
    }
  }
  return {
    print: async (userId, printing) => {
      const ofUser = waiting.filter((one) => one === userId).length
      if (waiting.length >= maxWaiting || ofUser >= MAX_OF_USER) throw new AppError('too-many-requests')
      waiting.push(userId)
      const mine = last
        .then(() => printNow(printing))
        .finally(() => {
          waiting.splice(waiting.indexOf(userId), 1)
        })
      last = mine.catch(() => {})
      return mine
    },
    close: () => {
      closed = true
      return drop()
    },
  }
}

function startThread(): Worker {
  const thread = new Worker(new URL('./print-thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT_MB },
  })
  // Nothing else listens between two reports, and an unheard error would end the server.
  thread.on('error', () => {})
  return thread
}

async function ask(thread: Worker, printing: Printing): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Printed>()
  const timer = setTimeout(
    () => reject(new Error('the printing thread gave no answer in time')),
    TIME_LIMIT_MS,
  )
  const ended = (): void => reject(new Error('the printing thread ended'))
  thread.once('message', resolve).once('error', ended).once('exit', ended).ref()
  try {
    thread.postMessage(printing)
    const printed = await promise
    if ('failure' in printed) throw new Error(`printing failed: ${printed.failure}`)
    return Buffer.from(printed.bytes)
  } finally {
    clearTimeout(timer)
    thread.off('message', resolve).off('error', ended).off('exit', ended)
    // An idle thread keeps no process alive.
    thread.unref()
  }
}
