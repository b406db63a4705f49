import { type Fen, formatShanghai, formatYuan } from '@zhangyi/core'
import { KIND_NAMES } from '../kinds.ts'
import { isAbnormal, type Mark } from '../mark-indicator.ts'
import type { RecordDetail } from '../record-views.ts'
import { type Cell, type Column, drawTable } from './draw-table.ts'
import { fonts } from './fonts.ts'
import { BRAND, INK, MARGIN_PT, PALE, Sheet, WIDTH_PT } from './sheet.ts'

export interface Printing {
  readonly record: RecordDetail
  readonly hospital: { readonly name: string; readonly phone: string }
  /** The visit card's last digits, as the patient compares them. */
  readonly visitCard: string | null
  readonly madeAtMs: number
  /** Under which the audit log holds who took this sheet. */
  readonly auditNumber: string
}

// The head of every further page is one line: one that filled a page would need a page for its own head, for ever.
const MAX_HEAD_CHARACTERS = 30

function shortTitle(title: string): string {
  const characters = Array.from(title.replace(/\s+/g, ' '))
  const isShort = characters.length <= MAX_HEAD_CHARACTERS
  return isShort ? characters.join('') : `${characters.slice(0, MAX_HEAD_CHARACTERS - 1).join('')}…`
}

const COLORS: Readonly<Partial<Record<Mark, string>>> = {
  low: '#1559a8',
  high: '#b3261e',
  abnormal: '#8a4b00',
  critical: '#8c0019',
}

/** The report as A4 pages. Everything on it stands in the page of the app, too; the name is masked on both. */
export async function makeRecordPdf(printing: Printing): Promise<Buffer> {
  const { record, hospital, madeAtMs, auditNumber } = printing
  const kindName = KIND_NAMES[record.kind]
  const sheet = new Sheet(await fonts(), {
    title: `${hospital.name} ${kindName}`,
    author: hospital.name,
    madeAt: new Date(madeAtMs),
  })
  drawTitle(sheet, printing)
  sheet.onNewPage = () => {
    sheet.flow(`${hospital.name} · ${shortTitle(record.title)} · ${record.patient.name}`, {
      ...{ size: 9, color: PALE },
    })
    sheet.moveDown(8)
  }
  drawIndicators(sheet, record)
  drawSections(sheet, record)
  drawLines(sheet, record)
  return sheet.finish((page, pages) => [
    '仅供参考，以医院盖章报告为准。不能代替诊断，请由医生解读。',
    `生成时间 ${formatShanghai(madeAtMs)}　·　取件编号 ${auditNumber}　·　医院电话 ${hospital.phone}　·　第 ${page} / ${pages} 页`,
  ])
}

const FACT = { size: 10, color: INK } as const
const BETWEEN_FACTS = '　　'

function drawTitle(sheet: Sheet, { record, hospital, visitCard }: Printing): void {
  sheet.flow(hospital.name, { size: 18, weight: 'medium', color: BRAND })
  sheet.flow(`${KIND_NAMES[record.kind]}　${record.title}`, { size: 14, weight: 'medium' })
  sheet.moveDown(6)
  const facts: readonly (readonly [string, string | null])[] = [
    ['就诊人', record.patient.name],
    ['就诊卡', visitCard],
    ['科室', record.departmentName],
    ['医生', record.doctorName],
    ['类别', record.modality],
    ['报告时间', formatShanghai(Date.parse(record.reportedAt)).slice(0, 16)],
  ]
  const known = facts.flatMap(([label, value]) => (value === null ? [] : [`${label}：${value}`]))
  for (const line of linesOf(sheet, known)) sheet.flow(line, FACT)
  sheet.moveDown(6)
  sheet.rule(BRAND)
  sheet.moveDown(12)
}

/** As many facts on a line as it holds: a date is not broken between day and hour. */
function linesOf(sheet: Sheet, facts: readonly string[]): readonly string[] {
  const oneLine = sheet.heightOf('一', FACT, WIDTH_PT)
  const lines: string[] = []
  for (const fact of facts) {
    const longer = [...lines.slice(-1), fact].join(BETWEEN_FACTS)
    if (lines.length > 0 && sheet.heightOf(longer, FACT, WIDTH_PT) <= oneLine)
      lines[lines.length - 1] = longer
    else lines.push(fact)
  }
  return lines
}

const INDICATOR_COLUMNS: readonly Column[] = [
  { title: '项目', share: 0.34 },
  { title: '结果', share: 0.18, align: 'right' },
  { title: '单位', share: 0.14 },
  { title: '参考范围', share: 0.2 },
  { title: '提示', share: 0.14 },
]

function drawIndicators(sheet: Sheet, { indicators, abnormalCount }: RecordDetail): void {
  if (indicators.length === 0) return
  const summary = abnormalCount === 0 ? '没有标记异常的项目' : `标记异常的项目：${abnormalCount} 项`
  const unmarked = indicators.filter(({ mark }) => mark === 'unmarked').length
  // Not marked is not normal: 阳性 without a flag of the HIS is among them.
  const rest = unmarked === 0 ? '' : `；${unmarked} 项没有标记是否异常，请对照参考范围看结果`
  sheet.flow(`共 ${indicators.length} 项，${summary}${rest}`, { size: 10, color: PALE })
  sheet.moveDown(6)
  drawTable(sheet, INDICATOR_COLUMNS, indicators.map(indicatorRow))
  sheet.moveDown(14)
}

function indicatorRow(indicator: RecordDetail['indicators'][number]): readonly Cell[] {
  const { name, value, unit, referenceRange, mark, markText } = indicator
  const marked: Omit<Cell, 'text'> = isAbnormal(mark)
    ? { color: COLORS[mark] ?? INK, weight: 'medium' }
    : { color: INK }
  return [
    { text: name },
    { text: value, ...marked },
    { text: unit ?? '' },
    { text: referenceRange ?? '' },
    { text: markText, ...marked },
  ]
}

function drawSections(sheet: Sheet, { sections }: RecordDetail): void {
  for (const { title, text } of sections) {
    // A heading stays with its first lines.
    sheet.reserve(60)
    sheet.flow(title, { size: 12, weight: 'medium', color: BRAND })
    sheet.moveDown(3)
    sheet.flow(text, { size: 11 })
    sheet.moveDown(12)
  }
}

function drawLines(sheet: Sheet, { lines, totalFen }: RecordDetail): void {
  if (lines.length === 0) return
  const withUsage = lines.some(({ usage }) => usage !== null)
  const columns: readonly Column[] = [
    { title: '名称', share: withUsage ? 0.28 : 0.42 },
    { title: '规格', share: withUsage ? 0.16 : 0.22 },
    ...(withUsage ? [{ title: '用法用量', share: 0.28 }] : []),
    { title: '数量', share: withUsage ? 0.12 : 0.16, align: 'right' },
    { title: '金额（元）', share: withUsage ? 0.16 : 0.2, align: 'right' },
  ]
  const rows = lines.map(({ name, specification, usage, quantity, amountFen }): readonly Cell[] => [
    { text: name },
    { text: specification ?? '' },
    ...(withUsage ? [{ text: usage ?? '' }] : []),
    { text: quantity ?? '' },
    { text: amountFen === null ? '' : formatYuan(amountFen as Fen) },
  ])
  drawTable(sheet, columns, rows)
  if (totalFen === null) return
  sheet.moveDown(8)
  sheet.reserve(24)
  sheet.put(
    `合计：${formatYuan(totalFen as Fen)} 元`,
    { size: 12, weight: 'medium', align: 'right' },
    { x: MARGIN_PT, y: sheet.y, width: WIDTH_PT },
  )
}
