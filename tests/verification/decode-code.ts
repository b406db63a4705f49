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

/** Reads a PNG as our own drawings are made: eight-bit RGBA. */
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
  const rows = unfilter(inflateSync(Buffer.concat(parts)), width * CHANNELS)
  const luminance = new Uint8ClampedArray(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) luminance[y * width + x] = rows[(y * width + x) * CHANNELS] ?? 0
  return { width, height, luminance }
}

/** Undoes the filter that the first byte of each row names (PNG specification, chapter 9). */
function unfilter(filtered: Buffer, rowBytes: number): Uint8Array {
  const rows = new Uint8Array((filtered.length / (rowBytes + 1)) * rowBytes)
  for (let at = 0, row = 0; at < filtered.length; at += rowBytes + 1, row++) {
    for (let index = 0; index < rowBytes; index++) {
      const here = row * rowBytes + index
      const left = index < CHANNELS ? 0 : (rows[here - CHANNELS] ?? 0)
      const above = row === 0 ? 0 : (rows[here - rowBytes] ?? 0)
      const corner = row === 0 || index < CHANNELS ? 0 : (rows[here - rowBytes - CHANNELS] ?? 0)
      rows[here] = (filtered[at + 1 + index] ?? 0) + predicted(filtered[at] ?? 0, left, above, corner)
    }
  }
  return rows
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0
    case 1:
      return left
    case 2:
      return above
    case 3:
      return Math.floor((left + above) / 2)
    default: {
      const distance = (value: number) => Math.abs(left + above - corner - value)
      const nearest = Math.min(distance(left), distance(above), distance(corner))
      if (nearest === distance(left)) return left
      return nearest === distance(above) ? above : corner
    }
  }
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
