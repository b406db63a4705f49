import bwip from 'bwip-js'
import QRCode from 'qrcode'

// Screens have up to three dots to a CSS pixel: drawn this wide, a code of 240 CSS px is never blown up into blur.
const QR_PIXELS = 600
const QR_QUIET_MODULES = 4
const BAR_PIXELS = 3
const BAR_QUIET_MODULES = 10
const BAR_HEIGHT_MM = 25
const WHITE = 'FFFFFF'

/**
 * A QR code, black on white with its quiet zone of four modules, as a data URI. Every module has whole pixels. Not drawn
 * by the library of the bar codes: it joins modules into outlines and got some of them wrong.
 */
export async function drawQrCode(text: string): Promise<string> {
  const code = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const modules = code.modules.size + 2 * QR_QUIET_MODULES
  return QRCode.toDataURL(text, {
    errorCorrectionLevel: 'M',
    margin: QR_QUIET_MODULES,
    scale: Math.ceil(QR_PIXELS / modules),
  })
}

/** A Code 128 of printable ASCII with its quiet zone of ten modules on both sides. */
export async function drawCode128(text: string): Promise<string> {
  const png = await bwip.toBuffer({
    bcid: 'code128',
    text,
    scale: BAR_PIXELS,
    height: BAR_HEIGHT_MM,
    paddingwidth: BAR_QUIET_MODULES,
    paddingheight: QR_QUIET_MODULES,
    backgroundcolor: WHITE,
  })
  return `data:image/png;base64,${png.toString('base64')}`
}
