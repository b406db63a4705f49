import { Zip, ZipDeflate } from 'fflate'
import type { Cell, ExportColumn, FileWriter } from './cell.ts'

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** What every workbook of one sheet has, before the sheet itself. */
const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="导出" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  // 0 as it is, 1 the head, 2 yuan: `#,##0.00` is number 4 of those that every spreadsheet knows.
  'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="4" applyNumberFormat="1"/></cellXfs></styleSheet>`,
}
const SHEET = 'xl/worksheets/sheet1.xml'
const [PLAIN, HEAD, YUAN] = [0, 1, 2]
const USUAL_WIDTH = 18
/** The most that a cell takes. */
const LONGEST_TEXT = 32_767
/** Fast and nearly as small: a sheet repeats itself. */
const LEVEL = 4
// What XML cannot hold at all, and halves of characters.
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

/** A workbook of one sheet. Texts are stored as texts: whatever they begin with, nothing of them runs. */
export function xlsxFile(columns: readonly ExportColumn[]): FileWriter {
  const made: Uint8Array[] = []
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    made.push(bytes)
  })
  const take = () => Buffer.concat(made.splice(0))
  const sheet = new ZipDeflate(SHEET, { level: LEVEL })
  const styles = columns.map(({ kind }) => (kind === 'yuan' ? YUAN : PLAIN))
  const write = (xml: string, isLast = false) => sheet.push(Buffer.from(xml), isLast)
  const row = (cells: readonly Cell[], styleAt: (at: number) => number | undefined) =>
    `<row>${cells.map((cell, at) => cellXml(cell, styleAt(at) ?? PLAIN)).join('')}</row>`

  return {
    begin: () => {
      for (const [name, xml] of Object.entries(PARTS)) {
        const part = new ZipDeflate(name, { level: LEVEL })
        zip.add(part)
        part.push(Buffer.from(XML + xml), true)
      }
      zip.add(sheet)
      const widths = columns.map(
        ({ width = USUAL_WIDTH }, at) =>
          `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
      )
      write(
        `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>${row(
          columns.map(({ title }) => title),
          () => HEAD,
        )}`,
      )
      return take()
    },
    rows: (rows) => {
      write(rows.map((cells) => row(cells, (at) => styles[at])).join(''))
      return take()
    },
    end: (note) => {
      write(`${note === undefined ? '' : row([note], () => HEAD)}</sheetData></worksheet>`, true)
      zip.end()
      return take()
    },
  }
}

function cellXml(cell: Cell, style: number): string {
  const styled = style === PLAIN ? '' : ` s="${style}"`
  if (cell === null || cell === '') return `<c${styled}/>`
  if (typeof cell === 'number') return `<c${styled}><v>${style === YUAN ? cell / 100 : cell}</v></c>`
  return `<c${styled} t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
}

function escaped(text: string): string {
  return text
    .slice(0, LONGEST_TEXT)
    .replace(UNWRITABLE, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\r/g, '&#13;')
}
