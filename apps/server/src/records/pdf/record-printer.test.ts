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
  const pdfs = await Promise.all(['a', 'b'].map((user) => printer.print(user, samplePrinting())))
  for (const pdf of pdfs) expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
})

test('a report that cannot be made is an error without its content, and the next one is made', async () => {
  const printer = printerOf()
  for (const bad of [UNSENDABLE, UNDRAWABLE]) {
    const error = await printer.print('a', bad).catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ code: 'internal' })
    expect(String((error as Error).cause)).not.toContain('李明华')
    expect((await printer.print('a', samplePrinting())).length).toBeGreaterThan(1_000)
  }
})

test('a crowd is refused instead of waiting without end', async () => {
  const printer = printerOf(2)
  const users = ['a', 'b', 'c', 'd']
  const results = await Promise.allSettled(users.map((user) => printer.print(user, samplePrinting())))
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected'])
  expect(results[3]).toMatchObject({ reason: { code: 'too-many-requests' } })
})

test('bug: one phone filled the queue of all', async () => {
  const printer = printerOf(4)
  const users = ['a', 'a', 'a', 'b']
  const results = await Promise.allSettled(users.map((user) => printer.print(user, samplePrinting())))
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect((await printer.print('a', samplePrinting())).length).toBeGreaterThan(1_000)
})
