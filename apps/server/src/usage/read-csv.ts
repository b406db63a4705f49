import { badInput, type FieldProblem } from '../platform/errors/catalogue.ts'

const MAX_LINES = 20_000
const MOST_PROBLEMS = 5

export interface CsvLine {
  /** As an editor counts. */
  readonly number: number
  readonly cells: readonly string[]
}

/**
 * The lines of a small table: comma, tab or Chinese comma between cells, quotes as spreadsheets write them, a heading
 * (a first line in which `isHeading` finds itself) left out. No cell holds a line break.
 */
export function readCsv(text: string, isHeading: (cells: readonly string[]) => boolean): readonly CsvLine[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  if (lines.length > MAX_LINES)
    throw badInput({ field: 'csv', message: `最多 ${MAX_LINES} 行，请分几次导入` })
  const read = lines
    .map((line, index) => ({ number: index + 1, cells: cellsOf(line) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
  const [first, ...rest] = read
  return first && isHeading(first.cells) ? rest : read
}

/** All lines, or `bad-input` with the first few that are wrong; nothing is taken of a table that is half wrong. */
export function eachLine<T>(
  lines: readonly CsvLine[],
  read: (cells: readonly string[]) => T | string,
): readonly Exclude<T, string>[] {
  const problems: FieldProblem[] = []
  const values: Exclude<T, string>[] = []
  for (const { number, cells } of lines) {
    const value = read(cells)
    if (typeof value === 'string') problems.push({ field: `第 ${number} 行`, message: value })
    else values.push(value as Exclude<T, string>)
  }
  if (problems.length > 0) throw badInput(...problems.slice(0, MOST_PROBLEMS))
  if (values.length === 0) throw badInput({ field: 'csv', message: '没有读到任何一行' })
  return values
}

function cellsOf(line: string): readonly string[] {
  const cells: string[] = []
  // A cell in quotes, or anything up to the next separator.
  const cell = /(?:"((?:[^"]|"")*)"|([^,，\t]*))(?:[,，\t]|$)/gy
  for (let match = cell.exec(line); match; match = cell.exec(line)) {
    cells.push((match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"')).trim())
    if (cell.lastIndex >= line.length) break
  }
  return cells
}
