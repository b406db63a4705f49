import { expect, test } from 'vitest'
import { readLines } from './read-lines.ts'
import { inPieces } from './test-bytes.ts'

async function linesOf(content: string | Uint8Array, size: number, maxLineBytes = 100) {
  const lines: string[] = []
  let complete = true
  for await (const step of readLines(inPieces(content, size), maxLineBytes)) {
    lines.push(...step.lines)
    complete = step.complete
  }
  return { lines, complete }
}

const text = '一,二\r\n\r\n`𠮷,`b\nlast\r\n'

test.each([1, 2, 3, 5, 1_000])(
  'lines are the same in pieces of %d bytes, also inside a character',
  async (size) => {
    expect(await linesOf(text, size)).toEqual({ lines: ['一,二', '', '`𠮷,`b', 'last'], complete: true })
    expect(await linesOf(`${text}cut`, size)).toEqual({
      lines: ['一,二', '', '`𠮷,`b', 'last', 'cut'],
      complete: false,
    })
  },
)

test('nothing gives no line', async () => {
  expect(await linesOf('', 5)).toEqual({ lines: [], complete: true })
})

test.each([1, 60, 1_000])(
  'a line over the limit is refused before it is kept (pieces of %d)',
  async (size) => {
    const exact = `${'x'.repeat(100)}\n`
    expect((await linesOf(exact, size)).lines).toHaveLength(1)
    await expect(linesOf(`x${exact}`, size)).rejects.toMatchObject({ kind: 'line-too-long' })
    await expect(linesOf('x'.repeat(5_000), size)).rejects.toMatchObject({ kind: 'line-too-long' })
  },
)

test('bytes that are not UTF-8 are refused; a real U+FFFD is text', async () => {
  const broken = Buffer.concat([Buffer.from('a'), Buffer.from([0xc3, 0x28]), Buffer.from('\n')])
  await expect(linesOf(broken, 2)).rejects.toMatchObject({ kind: 'encoding' })
  expect((await linesOf('\ufffd\n', 2)).lines).toEqual(['\ufffd'])
})
