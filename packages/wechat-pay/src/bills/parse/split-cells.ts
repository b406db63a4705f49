const BACKTICK = 96

/** Column names of a header line: BOM and backticks gone, brackets in one width. */
export function splitHeader(line: string): string[] {
  const text = line.startsWith('\ufeff') ? line.slice(1) : line
  return text
    .split(',')
    .map((name) => name.replace(/^`/, '').trim().replaceAll('（', '(').replaceAll('）', ')'))
}

/**
 * Cells of a data line, or undefined when they are not `count`.
 *
 * Each cell begins with a backtick, so the separator is comma and backtick together and a bare comma is text. Custom
 * text may also hold commas escaped as `\,`: where a cut at such a comma gave too many cells, it is taken back.
 * A line without a leading backtick is cut at every comma that is not escaped.
 */
export function splitCells(line: string, count: number): string[] | undefined {
  const ticked = line.charCodeAt(0) === BACKTICK
  const separator = ticked ? ',`' : ','
  let cells = line.split(separator)
  if (ticked) cells[0] = (cells[0] ?? '').slice(1)
  if (!line.includes('\\')) return cells.length === count ? cells : undefined
  if (cells.length > count) cells = joinEscaped(cells, separator)
  return cells.length === count ? cells.map((cell) => cell.replaceAll('\\,', ',')) : undefined
}

function joinEscaped(pieces: readonly string[], separator: string): string[] {
  const cells: string[] = []
  let open = false
  for (const piece of pieces) {
    if (open) cells.push(`${cells.pop()}${separator}${piece}`)
    else cells.push(piece)
    open = piece.endsWith('\\')
  }
  return cells
}
