import { expect, onTestFinished, test } from 'vitest'
import { samplePrinting } from '../test-support/sample-printing.ts'
import { type RecordPrinter, recordPrinter } from './record-printer.ts'

function printerOf(maxWaiting?: number): RecordPrinter {
  const printer = recordPrinter(maxWaiting)
  onTestFinished(() => printer.close())
  return printer
}
// What cannot be sent to a thread, and what a thread cannot draw.
const UNSENDABLE = samplePrinting({ title: (() => '') as unknown as string })
const UNDRAWABLE = samplePrinting({ title: undefined as unknown as string, reportedAt: '李明华' })

test('a PDF comes from the thread, and one after the other', async () => {
  const printer = printerOf()
  const pdfs = await Promise.all([samplePrinting(), samplePrinting()].map(printer.print))
  for (const pdf of pdfs) expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
})

test('a report that cannot be made is an error without its content, and the next one is made', async () => {
  const printer = printerOf()
  for (const bad of [UNSENDABLE, UNDRAWABLE]) {
    const error = await printer.print(bad).catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ code: 'internal' })
    expect(String((error as Error).cause)).not.toContain('李明华')
    expect((await printer.print(samplePrinting())).length).toBeGreaterThan(1_000)
  }
})

test('a crowd is refused instead of waiting without end', async () => {
  const printer = printerOf(2)
  const results = await Promise.allSettled(Array.from({ length: 4 }, () => printer.print(samplePrinting())))
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected'])
  expect(results[3]).toMatchObject({ reason: { code: 'too-many-requests' } })
})
