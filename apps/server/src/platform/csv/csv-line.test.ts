import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine } from './csv-line.ts'

/** As a spreadsheet reads one line. */
function parse(line: string): string[] {
  const cells = ['']
  let isQuoted = false
  for (let at = 0; at < line.length; at++) {
    const letter = line.charAt(at)
    const isDoubled = isQuoted && letter === '"' && line.charAt(at + 1) === '"'
    if (letter === '"' && !isDoubled) isQuoted = !isQuoted
    else if (letter === ',' && !isQuoted) cells.push('')
    else cells.push(`${cells.pop()}${letter}`)
    if (isDoubled) at++
  }
  return cells
}

test('no text becomes a formula, and every text is read as it was, but for the quote in front', () => {
  const risky = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', ',', '"', "'")
  const text = fc.tuple(risky, fc.string()).map(([first, rest]) => first + rest)
  const cells = fc.array(fc.oneof(text, fc.string()), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(cells, (given) => {
      const read = parse(csvLine(given))
      expect(read).toHaveLength(given.length)
      for (const [index, cell] of read.entries()) {
        if (!/^-\d+(\.\d+)?$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
        expect([given[index], `'${given[index]}`]).toContain(cell)
      }
    }),
    { seed: 20_261_128, numRuns: 500 },
  )
})

test('a number is a number, also a negative one, and nothing is nothing', () => {
  expect(csvLine([-12.5, 0, null, '=1+1', '李明'])).toBe("-12.5,0,,'=1+1,李明")
})

test('whatever answers or writes a table for a spreadsheet makes its lines here', () => {
  const source = join(import.meta.dirname, '../..')
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  )
  const own = files.filter((file) => {
    const text = readFileSync(join(source, file), 'utf8')
    // A byte order mark begins such a table.
    return /\\uFEFF\$\{|\\uFEFF'/.test(text) && !/csvLine|csv-file|csvFile|parse|read/i.test(text)
  })
  expect(own).toEqual([])
})
