import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLimited } from './read-limited.ts'

const SEED = 20_261_123

function answerOf(chunks: readonly Uint8Array[]): { readonly body: ReadableStream<Uint8Array<ArrayBuffer>> } {
  return {
    body: new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(new Uint8Array(chunk))
        controller.close()
      },
    }),
  }
}

test(`the bytes come back whole up to the limit, and not at all beyond it (seed ${SEED})`, async () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(pieces, async (chunks) => {
      const whole = Buffer.concat(chunks)
      expect(Buffer.from((await readLimited(answerOf(chunks), whole.length)) ?? 'none')).toEqual(whole)
      if (whole.length > 0) expect(await readLimited(answerOf(chunks), whole.length - 1)).toBeUndefined()
    }),
    { seed: SEED, numRuns: 100 },
  )
  expect(await readLimited({ body: null }, 10)).toEqual(new Uint8Array())
})
