/** Told at the head of every generated file, so that nobody mends the copy instead of the source. */
export function generatedFrom(source: string): string {
  return `<!-- 由 npm run generate 根据 ${source} 生成，请不要手工修改。 -->`
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

export function code(text: string): string {
  return `\`${text}\``
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', '<br>')
}
