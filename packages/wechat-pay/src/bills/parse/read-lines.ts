import { isUtf8 } from 'node:buffer'
import { BillError } from './bill-error.ts'

export interface Lines {
  readonly lines: readonly string[]
  /** False only for a last line without a line feed: what a cut download ends with. */
  readonly complete: boolean
}

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
// Work of one step: keeps the batches small when somebody hands over the whole file as one chunk.
const STEP_BYTES = 65_536

/**
 * UTF-8 bytes in any pieces → lines without CR and LF. Holds one step and one line, whatever the file's size.
 * A line over `maxLineBytes` or with bytes that are not UTF-8 throws `BillError`.
 *
 * Every line is decoded on its own: a cell that the caller keeps then keeps its line alive, not a whole chunk.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  maxLineBytes: number,
): AsyncGenerator<Lines, void> {
  let carry = Buffer.alloc(0)
  let carried = 0
  const keep = (bytes: Buffer) => {
    const length = carried + bytes.length
    if (length > maxLineBytes) throw new BillError('line-too-long')
    if (length > carry.length) {
      const wider = Buffer.allocUnsafe(Math.min(maxLineBytes, Math.max(1_024, length * 2)))
      carry.copy(wider, 0, 0, carried)
      carry = wider
    }
    bytes.copy(carry, carried)
    carried = length
  }

  for await (const chunk of chunks)
    for (let offset = 0; offset < chunk.length; offset += STEP_BYTES) {
      const step = Buffer.from(
        chunk.buffer,
        chunk.byteOffset + offset,
        Math.min(STEP_BYTES, chunk.length - offset),
      )
      const lines: string[] = []
      let start = 0
      let end = step.indexOf(LINE_FEED)
      if (end !== -1 && carried > 0) {
        keep(step.subarray(0, end))
        lines.push(decode(carry, 0, carried, maxLineBytes))
        carried = 0
        start = end + 1
        end = step.indexOf(LINE_FEED, start)
      }
      while (end !== -1) {
        lines.push(decode(step, start, end, maxLineBytes))
        start = end + 1
        end = step.indexOf(LINE_FEED, start)
      }
      if (start < step.length) keep(step.subarray(start))
      if (lines.length > 0) yield { lines, complete: true }
    }
  // A cut may fall inside a character, so nothing is said about the encoding of an unfinished line.
  if (carried > 0) yield { lines: [carry.toString('utf8', 0, carried)], complete: false }
}

function decode(bytes: Buffer, start: number, lineEnd: number, maxLineBytes: number): string {
  const end = lineEnd > start && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd
  if (end - start > maxLineBytes) throw new BillError('line-too-long')
  const line = bytes.toString('utf8', start, end)
  // The decoder writes U+FFFD for broken bytes; only then is it worth asking whether the file itself holds one.
  if (line.includes('\ufffd') && !isUtf8(bytes.subarray(start, end))) throw new BillError('encoding')
  return line
}
