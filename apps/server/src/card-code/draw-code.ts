import bwip from 'bwip-js'

// Screens have up to three dots to a CSS pixel: drawn this wide, a code of 240 CSS px is never blown up into blur.
const QR_PIXELS = 600
// bwip counts in half modules of a QR code.
const UNITS_PER_MODULE = 2
const QR_QUIET_MODULES = 4
const BAR_PIXELS = 3
const BAR_QUIET_MODULES = 10
const BAR_HEIGHT_MM = 25
const WHITE = 'FFFFFF'

/** A QR code, black on white with its quiet zone of four modules, as a data URI. Every module has whole pixels. */
export async function drawQrCode(text: string): Promise<string> {
  const options = { bcid: 'qrcode', text, eclevel: 'M' }
  const [symbol] = bwip.raw(options)
  if (symbol === undefined || !('pixx' in symbol)) throw new Error('no QR code was drawn')
  const modules = symbol.pixx + 2 * QR_QUIET_MODULES
  const quiet = QR_QUIET_MODULES * UNITS_PER_MODULE
  return dataUri({
    ...options,
    scale: Math.ceil(QR_PIXELS / modules / UNITS_PER_MODULE),
    paddingwidth: quiet,
    paddingheight: quiet,
  })
}

/** A Code 128 of printable ASCII with its quiet zone of ten modules on both sides. */
export function drawCode128(text: string): Promise<string> {
  return dataUri({
    bcid: 'code128',
    text,
    scale: BAR_PIXELS,
    height: BAR_HEIGHT_MM,
    paddingwidth: BAR_QUIET_MODULES,
    paddingheight: QR_QUIET_MODULES,
  })
}

async function dataUri(options: Parameters<typeof bwip.toBuffer>[0]): Promise<string> {
  const png = await bwip.toBuffer({ ...options, backgroundcolor: WHITE })
  return `data:image/png;base64,${png.toString('base64')}`
}
