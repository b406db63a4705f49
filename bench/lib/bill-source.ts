/** Large bills as streams, without holding them. */

import { TRADE_TOTALS, yuan } from './make-bill.ts'

export const MEGABYTE = 1_048_576
// What a network or file stream gives at a time.
const CHUNK_BYTES = 65_536

/** The bytes in chunks of a stream's size. */
export async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  for (let offset = 0; offset < bytes.length; offset += CHUNK_BYTES)
    yield bytes.subarray(offset, offset + CHUNK_BYTES)
}

/**
 * A trade bill whose rows are those of `bill` again and again, `times` times, with control totals to match. The reader
 * decodes every row anew, so to its memory it is a file of that size.
 */
export function repeatBill(bill: Buffer, times: number): () => AsyncGenerator<Uint8Array, void> {
  const headerEnd = bill.indexOf('\n') + 1
  const totalsStart = bill.indexOf(TRADE_TOTALS[0] ?? '')
  const header = bill.subarray(0, headerEnd)
  const rows = bill.subarray(headerEnd, totalsStart)
  const [names = '', values = ''] = bill.subarray(totalsStart).toString().split('\r\n')
  const many = values
    .slice(1)
    .split(',`')
    .map((text, place) => {
      const whole = Math.round(Number(text) * (place === 0 ? 1 : 100)) * times
      return `\`${place === 0 ? whole : yuan(whole)}`
    })
  const totals = Buffer.from(`${names}\r\n${many.join(',')}\r\n`)
  return async function* () {
    yield header
    for (let turn = 0; turn < times; turn++) yield* inChunks(rows)
    yield totals
  }
}
