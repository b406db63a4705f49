import { parentPort } from 'node:worker_threads'
import { makeRecordPdf, type Printing } from './make-record-pdf.ts'

/** What the thread answers to one `Printing`. */
export type Printed = { readonly bytes: Uint8Array } | { readonly failure: string }

const port = parentPort
if (!port) throw new Error('runs as a worker thread only')
port.on('message', (printing: Printing) => {
  makeRecordPdf(printing)
    .then((bytes): Printed => ({ bytes }))
    .catch((error: unknown): Printed => ({ failure: whereOf(error) }))
    .then((printed) => port.postMessage(printed))
})

/** Where it failed, without the message: a library may quote what it was to draw. */
function whereOf(error: unknown): string {
  const { name, stack = '' } = error instanceof Error ? error : new Error()
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  return [name, ...frames.slice(0, 6)].join('\n')
}
