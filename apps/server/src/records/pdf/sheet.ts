import PDFDocument from 'pdfkit'
import { cutText } from './cut-text.ts'
import type { Fonts } from './fonts.ts'
import { printableText } from './printable-text.ts'

export const MARGIN_PT = 48
const FOOTER_PT = 44
const A4_WIDTH_PT = 595.28
export const WIDTH_PT = A4_WIDTH_PT - 2 * MARGIN_PT

export const INK = '#1b2a33'
export const PALE = '#5b6b75'
const RULE = '#c9d4da'
export const BRAND = '#0b6e75'

export interface Style {
  readonly size: number
  readonly weight?: 'regular' | 'medium'
  readonly color?: string
  readonly align?: 'left' | 'right'
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
}

export interface SheetInfo {
  readonly title: string
  readonly author: string
  readonly madeAt: Date
}

/** A4 paper that knows how much room is left on it. Points from the upper left corner. */
export class Sheet {
  readonly #doc: PDFKit.PDFDocument
  readonly #hasGlyph: (codePoint: number) => boolean
  readonly #chunks: Buffer[] = []
  /** Draws what stands at the top of every page but the first. */
  onNewPage: () => void = () => {}

  constructor({ regular, medium }: Fonts, { title, author, madeAt }: SheetInfo) {
    this.#doc = new PDFDocument({
      size: 'A4',
      margins: { top: MARGIN_PT, left: MARGIN_PT, right: MARGIN_PT, bottom: MARGIN_PT + FOOTER_PT },
      bufferPages: true,
      lang: 'zh-CN',
      displayTitle: true,
      info: { Title: title, Author: author, CreationDate: madeAt },
    })
    this.#doc.on('data', (chunk: Buffer) => this.#chunks.push(chunk))
    this.#doc.registerFont('regular', regular).registerFont('medium', medium).font('regular')
    this.#hasGlyph = glyphsOf(this.#doc)
  }

  get y(): number {
    return this.#doc.y
  }

  moveDown(points: number): void {
    this.#doc.y += points
  }

  /** The height of a text in this style and width. */
  heightOf(text: string, style: Style, width: number): number {
    return this.#styled(style).heightOfString(this.#printable(text), { width, lineGap: LINE_GAP })
  }

  /** Draws at a place and leaves the pen below it. The caller has seen to it that there is room. */
  put(text: string, style: Style, { x, y, width }: Box): void {
    const { align = 'left' } = style
    this.#styled(style).text(this.#printable(text), x, y, { width, align, lineGap: LINE_GAP })
  }

  /** Prose over the whole width, flowing on to further pages line by line. */
  flow(text: string, style: Style): void {
    for (const paragraph of text.split('\n')) {
      const height = this.heightOf(paragraph, style, WIDTH_PT)
      const lines = height <= this.#left() ? [paragraph] : cutText(paragraph, PIECE_CHARACTERS, 1)
      for (const line of lines) {
        this.reserve(this.heightOf(line, style, WIDTH_PT))
        this.put(line, style, { x: MARGIN_PT, y: this.y, width: WIDTH_PT })
      }
    }
  }

  /** Goes to a new page if so much does not fit on this one; says whether it did. */
  reserve(height: number): boolean {
    if (height <= this.#left()) return false
    this.#doc.addPage()
    this.onNewPage()
    return true
  }

  fill(color: string, { x, y, width }: Box, height: number): void {
    const before = this.y
    this.#doc.rect(x, y, width, height).fill(color)
    this.#doc.y = before
  }

  rule(color = RULE): void {
    this.#doc
      .moveTo(MARGIN_PT, this.y)
      .lineTo(MARGIN_PT + WIDTH_PT, this.y)
      .lineWidth(0.6)
      .stroke(color)
  }

  /** Writes the foot of every page, `lines` made from page and number of pages, and gives the bytes. */
  async finish(lines: (page: number, pages: number) => readonly string[]): Promise<Buffer> {
    const { count } = this.#doc.bufferedPageRange()
    for (let page = 0; page < count; page++) {
      this.#doc.switchToPage(page)
      // Below the margin text would open a page of its own.
      this.#doc.page.margins.bottom = 0
      this.#doc.y = this.#doc.page.height - MARGIN_PT - FOOTER_PT + 12
      this.rule()
      this.moveDown(6)
      for (const line of lines(page + 1, count))
        this.put(line, { size: 8.5, color: PALE }, { x: MARGIN_PT, y: this.y, width: WIDTH_PT })
    }
    const ended = new Promise((resolve) => this.#doc.once('end', resolve))
    this.#doc.end()
    await ended
    return Buffer.concat(this.#chunks)
  }

  #left(): number {
    return this.#doc.page.height - this.#doc.page.margins.bottom - this.y
  }

  #styled({ size, weight = 'regular', color = INK }: Style): PDFKit.PDFDocument {
    return this.#doc.font(weight).fontSize(size).fillColor(color)
  }

  #printable(text: string): string {
    return printableText(text, this.#hasGlyph)
  }
}

const LINE_GAP = 2
// About two lines: small enough to fill a page to its end.
const PIECE_CHARACTERS = 90

/** What the current font can draw. The library keeps its font object to itself; without it everything would be □. */
function glyphsOf(doc: PDFKit.PDFDocument): (codePoint: number) => boolean {
  const { _font: embedded } = doc as unknown as {
    readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } }
  }
  return (codePoint) => embedded.font.hasGlyphForCodePoint(codePoint)
}
