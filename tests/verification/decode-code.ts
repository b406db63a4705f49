import { inflateSync } from 'node:zlib'
import {
  BinaryBitmap,
  Code128Reader,
  DecodeHintType,
  HybridBinarizer,
  QRCodeReader,
  RGBLuminanceSource,
} from '@zxing/library'

export interface Picture {
  readonly width: number
  readonly height: number
  /** One byte for each pixel, 0 black to 255 white. */
  readonly luminance: Uint8ClampedArray
}

const SIGNATURE_BYTES = 8
const CHANNELS = 4

/** Reads a PNG as our own drawing makes it: eight-bit RGBA, no row filters. */
export function pictureOf(dataUri: string): Picture {
  const [head, base64 = ''] = dataUri.split(',')
  if (head !== 'data:image/png;base64') throw new Error('not a PNG data URI')
  const png = Buffer.from(base64, 'base64')
  const parts: Buffer[] = []
  for (let at = SIGNATURE_BYTES; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  if (png[24] !== 8 || png[25] !== 6) throw new Error('another kind of PNG than ours')
  const rows = inflateSync(Buffer.concat(parts))
  const luminance = new Uint8ClampedArray(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      luminance[y * width + x] = rows[y * (1 + width * CHANNELS) + 1 + x * CHANNELS] ?? 0
  return { width, height, luminance }
}

// As drawn, not as seen by a camera: looking for a tilted code, this reader misses one straight code in eight.
const HINTS = new Map([[DecodeHintType.PURE_BARCODE, true]])

/** What a drawn code says: a square is a QR code, anything else a Code 128. Throws if it says nothing. */
export function decodeCode(dataUri: string): string {
  const { width, height, luminance } = pictureOf(dataUri)
  const bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(luminance, width, height)))
  return width === height
    ? new QRCodeReader().decode(bitmap, HINTS).getText()
    : new Code128Reader().decode(bitmap).getText()
}
