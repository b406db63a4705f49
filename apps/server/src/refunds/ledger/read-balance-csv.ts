import { FenError, isRealDate, parseYuan, type Sensitive, sensitive } from '@zhangyi/core'
import type { FieldProblem } from '../../platform/errors/catalogue.ts'
import { judgePerson } from './judge-person.ts'
import type { BalanceProblem } from './problems.ts'
import type { BalancePerson } from './sealed-person.ts'

export const BALANCE_HEADINGS = [
  ...['院内ID', '姓名', '证件号码', '手机号', '就诊卡号', '余额(元)', '余额产生日期'],
] as const
const MAX_ROWS = 500_000
const LINES_AT_ONCE = 1_000
const OLDEST_SINCE = '1980-01-01'

/** One archive with a balance, as the file tells of it. */
export interface BalanceLine {
  readonly patid: string
  readonly person: Sensitive<BalancePerson>
  readonly balanceFen: number
  readonly since: string | null
  readonly problems: readonly BalanceProblem[]
}

export interface BalanceTable {
  readonly lines: readonly BalanceLine[]
  /** Archives that are in the file with nothing on them: nobody is owed anything. */
  readonly zeros: number
  /** What makes the file unusable, by line. With any of them nothing of it is taken. */
  readonly problems: readonly FieldProblem[]
}

/**
 * Reads a file of uncleared balances. What is wrong about a person comes with the line, to be cleaned; what is wrong
 * about an amount, an archive or a date makes the file unusable. No problem repeats what stands in a cell.
 */
export function readBalanceCsv(text: string, todayIso: string): BalanceTable {
  const reading = readLines(text, todayIso)
  for (;;) {
    const { done, value } = reading.next()
    if (done) return value
  }
}

/** The same, letting others of this process be served in between: a large file takes a second or two. */
export async function readBalanceCsvGently(text: string, todayIso: string): Promise<BalanceTable> {
  const reading = readLines(text, todayIso)
  for (;;) {
    const { done, value } = reading.next()
    if (done) return value
    await new Promise(setImmediate)
  }
}

/** Stops after each some lines. */
function* readLines(text: string, todayIso: string): Generator<undefined, BalanceTable> {
  const [heading = '', ...rest] = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const problems: FieldProblem[] = []
  const wrong = (number: number, message: string) => void problems.push({ field: `第 ${number} 行`, message })
  const headings = cellsOf(heading)
  if (
    headings?.length !== BALANCE_HEADINGS.length ||
    headings.some((cell, at) => cell !== BALANCE_HEADINGS[at])
  )
    return unusable(`第一行必须是：${BALANCE_HEADINGS.join(',')}`)
  if (rest.length > MAX_ROWS + 1) return unusable(`最多 ${MAX_ROWS} 行`)
  const lines: BalanceLine[] = []
  const seen = new Map<string, number>()
  let zeros = 0
  for (const [index, line] of rest.entries()) {
    if (/^[\s,]*$/.test(line)) continue
    const number = index + 2
    if (number % LINES_AT_ONCE === 0) yield
    const read = readLine(line, todayIso)
    if (typeof read === 'string') {
      wrong(number, read)
      continue
    }
    const before = seen.get(read.patid)
    seen.set(read.patid, before ?? number)
    if (before !== undefined) wrong(number, `院内ID 与第 ${before} 行相同`)
    else if (read.balanceFen === 0) zeros++
    else lines.push(read)
  }
  if (problems.length === 0 && seen.size === 0) return unusable('没有读到任何一行')
  return { lines, zeros, problems }
}

function unusable(message: string): BalanceTable {
  return { lines: [], zeros: 0, problems: [{ field: '文件', message }] }
}

/** The line, or what is wrong with it. */
function readLine(line: string, todayIso: string): BalanceLine | string {
  const cells = cellsOf(line)
  if (!cells) return '引号没有成对，或单元格里有换行'
  if (cells.length !== BALANCE_HEADINGS.length)
    return `要有 ${BALANCE_HEADINGS.length} 列，这一行有 ${cells.length} 列`
  const [patid = '', name = '', idNumber = '', phone = '', card = '', yuan = '', day = ''] = cells
  if (!/^[^\p{C}\s]{1,64}$/u.test(patid)) return '院内ID 是 1 至 64 个字符，中间没有空格'
  if ([name, idNumber, phone, card].some((cell) => cell.length > 100))
    return '姓名、证件号码、手机号、就诊卡号最多 100 个字符'
  const balanceFen = fenOf(yuan)
  if (balanceFen === undefined) return '余额写成元，不为负，最多两位小数，没有逗号，如 128.50'
  const since = sinceOf(day, todayIso)
  if (since === undefined) return '余额产生日期写成 年-月-日，不晚于今天；不知道就留空'
  const judged = judgePerson({ name, idNumber, phone, card }, todayIso)
  const problems: readonly BalanceProblem[] =
    since === null ? [...judged.problems, 'no-since'] : judged.problems
  return { patid, person: sensitive(judged.person), balanceFen, since, problems }
}

function fenOf(yuan: string): number | undefined {
  try {
    const amount = parseYuan(yuan)
    return amount < 0 ? undefined : amount
  } catch (error) {
    if (error instanceof FenError) return undefined
    throw error
  }
}

/** Null for an empty cell, undefined for no day. */
function sinceOf(text: string, todayIso: string): string | null | undefined {
  if (text === '') return null
  const match = /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})$/.exec(text)
  if (!match) return undefined
  const [, year = '', separator, month = '', day = ''] = match
  if (separator === '' && text.length !== 8) return undefined
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isRealDate(iso) && iso >= OLDEST_SINCE && iso <= todayIso ? iso : undefined
}

/** Undefined for a line whose quotes do not close. */
function cellsOf(line: string): readonly string[] | undefined {
  if (!line.includes('"')) return line.split(',').map((cell) => cell.trim())
  const cells: string[] = []
  const cell = /\s*(?:"((?:[^"]|"")*)"\s*|([^",]*))(?:(,)|$)/gy
  for (let at = 0; ; at = cell.lastIndex) {
    cell.lastIndex = at
    const match = cell.exec(line)
    if (!match) return undefined
    cells.push((match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"')).trim())
    if (match[3] === undefined) return cells
  }
}
