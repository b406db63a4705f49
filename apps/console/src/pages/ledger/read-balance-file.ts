/** As large as the server takes; a larger file is for the command line. */
export const MOST_BYTES = 20 * 1024 * 1024

/** The text of a chosen file, or why it cannot be used and what to do. */
export type ReadFile = { readonly text: string; readonly encoding: string } | { readonly problem: string }

const EXCEL = [0x50, 0x4b, 0x03, 0x04]
const OLD_EXCEL = [0xd0, 0xcf, 0x11, 0xe0]

/** By what is in it, whatever it is called: CSV, in UTF-8 or as Chinese programs for Windows write it. */
export function readBalanceFile(name: string, bytes: Uint8Array): ReadFile {
  if (bytes.length === 0) return { problem: '文件是空的，请重新从 HIS 导出。' }
  if (bytes.length > MOST_BYTES)
    return { problem: '文件超过 20 MB，请用命令行导入：zhangyi refunds ledger import。' }
  if (begins(bytes, EXCEL) || begins(bytes, OLD_EXCEL))
    return { problem: '这是 Excel 工作簿。请在 Excel 里“另存为”CSV UTF-8（逗号分隔），再选那个文件。' }
  if (!/\.(?:csv|txt)$/i.test(name)) return { problem: '请选择 CSV 文件（文件名以 .csv 结尾）。' }
  if (bytes.includes(0)) return { problem: '这不是 CSV 文本，或编码是 UTF-16。请另存为 CSV UTF-8。' }
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding }
    } catch {
      // The other one, then.
    }
  }
  return { problem: '编码既不是 UTF-8 也不是 GBK，会读错姓名。请另存为 CSV UTF-8。' }
}

function begins(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte)
}
