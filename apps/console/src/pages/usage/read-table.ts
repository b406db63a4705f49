/** The text of a table as a spreadsheet saves it: UTF-8, or what a Chinese Windows takes for granted. */
export function readTable(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
