import { FenError, fen, parseYuan } from '@zhangyi/core'
import { z } from 'zod'
import { type BillLine, KINDS } from './bill.ts'
import { BillRefusal } from './refusals.ts'

const MAX_LINES = 200_000
const CSV_HEADER = 'record,kind,orderNo,channelNo,amount,time,count'

const kind = z.enum(KINDS)
const number = z.string().regex(/^[\w-]{1,64}$/)
const amountFen = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const count = z.number().int().min(0)
const lineSchema = z.discriminatedUnion('record', [
  z.strictObject({
    record: z.literal('row'),
    kind,
    orderNo: number,
    channelNo: number.or(z.literal('')),
    amountFen: amountFen.min(1),
    time: z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/),
  }),
  z.strictObject({ record: z.literal('total'), kind, count, amountFen }),
])

/** Reads a body in JSON lines or in CSV. Throws `BillRefusal` with the number of the first line at fault. */
export function readBillLines(text: string, type: string): readonly BillLine[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  if (lines.length > MAX_LINES) throw new BillRefusal('row-invalid', `超过 ${MAX_LINES} 行`, MAX_LINES + 1)
  if (type === 'application/x-ndjson') return lines.map((line, at) => readLine(jsonOf(line, at + 1), at + 1))
  if (type !== 'text/csv') throw new BillRefusal('type-unsupported')
  if (lines[0] !== CSV_HEADER) throw new BillRefusal('row-invalid', `表头应为 ${CSV_HEADER}`, 1)
  return lines.slice(1).map((line, at) => readLine(csvOf(line, at + 2), at + 2))
}

function readLine(value: unknown, line: number): BillLine {
  const parsed = lineSchema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new BillRefusal('row-invalid', issue?.path.map(String).join('.') || undefined, line)
  }
  const { amountFen: amount, ...rest } = parsed.data
  return { ...rest, amount: fen(amount), line }
}

function jsonOf(line: string, at: number): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new BillRefusal('row-invalid', '不是 JSON', at)
  }
}

// No field may hold a comma or a quote, so nothing is quoted.
function csvOf(line: string, at: number): unknown {
  const fields = line.split(',')
  const [record, kindText, orderNo, channelNo, amount = '', time, counted = ''] = fields
  if (fields.length !== 7) throw new BillRefusal('row-invalid', '应有 7 列', at)
  const amountFen = yuan(amount, at)
  return record === 'row'
    ? { record, kind: kindText, orderNo, channelNo, amountFen, time }
    : { record, kind: kindText, amountFen, count: /^\d{1,9}$/.test(counted) ? Number(counted) : undefined }
}

function yuan(text: string, line: number): number {
  try {
    return parseYuan(text)
  } catch (error) {
    if (error instanceof FenError) throw new BillRefusal('row-invalid', 'amount', line)
    throw error
  }
}
