import {
  BinaryBitmap,
  Code128Reader,
  DecodeHintType,
  HybridBinarizer,
  QRCodeReader,
  RGBLuminanceSource,
} from '@zxing/library'
import type { Locator } from 'playwright-core'

/** What a scanner sees of a page: one byte for each CSS pixel, 0 black to 255 white. */
interface Picture {
  readonly width: number
  readonly height: number
  readonly luminance: Uint8ClampedArray
}

/** A rectangle of dark pixels; right and bottom lie outside. */
interface Dark {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface CodeInPicture {
  readonly text: string
  /** Of the dark pixels, without the quiet zone, in CSS px. */
  readonly width: number
  readonly height: number
  /** The narrowest side of the white around, in modules to a tenth. Bars need it to the left and right only. */
  readonly quietModules: number
}

const DARK_BELOW = 128
// Shades at an edge are part of the code; what is lighter than this is white to every scanner.
const WHITE_FROM = 250
/** A finder pattern is seven modules wide. */
const FINDER_MODULES = 7
/** Code 128 begins and ends with a bar of two modules. */
const END_MODULES = 2

/** Reads the code of an image of the page from a screenshot, not from the image's own bytes. */
export async function readCode(image: Locator, symbol: 'qr' | 'code128'): Promise<CodeInPicture> {
  const picture = await photograph(image)
  const dark = darkOf(picture)
  const isQr = symbol === 'qr'
  // A line through the solid edge of three finder patterns, or through the bars: dark where the code begins and ends.
  const row = rowOf(picture, isQr ? dark.top + 2 : (dark.top + dark.bottom) >> 1)
  const lines = isQr ? [row, columnOf(picture, dark.left + 2)] : [row]
  const edgeModules = isQr ? FINDER_MODULES : END_MODULES
  const quiet = lines
    .flatMap((line) => [line, line.toReversed()])
    .map(whiteAndDark)
    .map(([white, solid]) => white / (solid / edgeModules))
  return {
    text: decode(picture, symbol),
    width: dark.right - dark.left,
    height: dark.bottom - dark.top,
    quietModules: Math.round(Math.min(...quiet) * 10) / 10,
  }
}

async function photograph(image: Locator): Promise<Picture> {
  // A picture that is still being decoded would be photographed white.
  await image.evaluate((one) => (one as HTMLImageElement).decode())
  const png = (await image.screenshot({ scale: 'css' })).toString('base64')
  const { width, height, shades } = await image.evaluate(async (_, base64) => {
    const shot = new Image()
    shot.src = `data:image/png;base64,${base64}`
    await shot.decode()
    const canvas = new OffscreenCanvas(shot.width, shot.height)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    context.drawImage(shot, 0, 0)
    const { data } = context.getImageData(0, 0, shot.width, shot.height)
    // The darkest of the three, so that a colour is not taken for white.
    const darkest = Array.from({ length: shot.width * shot.height }, (_unused, at) =>
      Math.min(data[at * 4] ?? 0, data[at * 4 + 1] ?? 0, data[at * 4 + 2] ?? 0),
    )
    return { width: shot.width, height: shot.height, shades: darkest }
  }, png)
  return { width, height, luminance: Uint8ClampedArray.from(shades) }
}

function darkOf({ width, luminance }: Picture): Dark {
  const dark = { left: width, top: Number.MAX_SAFE_INTEGER, right: 0, bottom: 0 }
  luminance.forEach((shade, at) => {
    if (shade >= WHITE_FROM) return
    const [x, y] = [at % width, Math.floor(at / width)]
    dark.left = Math.min(dark.left, x)
    dark.right = Math.max(dark.right, x + 1)
    dark.top = Math.min(dark.top, y)
    dark.bottom = Math.max(dark.bottom, y + 1)
  })
  if (dark.right === 0) throw new Error('the picture is white')
  return dark
}

/**
 * The white before the first dark run of a line and that run, in px. A pixel in shade counts for both by its shade:
 * the picture is scaled, and its modules have no whole pixels on the screen.
 */
function whiteAndDark(line: readonly number[]): readonly [white: number, dark: number] {
  const start = line.findIndex((shade) => shade < DARK_BELOW)
  const end = line.findIndex((shade, at) => at > start && shade >= DARK_BELOW)
  const middle = (start + end) >> 1
  const white = line.slice(0, middle).reduce((sum, shade) => sum + shade / 255, 0)
  const dark = line.slice(0, end + 1).reduce((sum, shade) => sum + 1 - shade / 255, 0)
  return [white, dark]
}

const rowOf = ({ width, luminance }: Picture, y: number) => [
  ...luminance.subarray(y * width, (y + 1) * width),
]
const columnOf = ({ width, height, luminance }: Picture, x: number) =>
  Array.from({ length: height }, (_, y) => luminance[y * width + x] ?? 0)

function decode({ width, height, luminance }: Picture, symbol: 'qr' | 'code128'): string {
  const bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(luminance, width, height)))
  return symbol === 'qr'
    ? new QRCodeReader().decode(bitmap, new Map([[DecodeHintType.PURE_BARCODE, true]])).getText()
    : new Code128Reader().decode(bitmap).getText()
}
