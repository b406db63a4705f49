import { AppError, badInput } from '../../platform/errors/catalogue.ts'

export const CONTENT_TYPES = ['image/jpeg', 'image/png', 'application/pdf'] as const
export type ContentType = (typeof CONTENT_TYPES)[number]

export const MAX_DOCUMENT_BYTES = 5 * 1024 * 1024
/** The same in base64, rounded up. */
export const MAX_BASE64 = Math.ceil(MAX_DOCUMENT_BYTES / 3) * 4

const BEGINNINGS: Readonly<Record<ContentType, Buffer>> = {
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff]),
  'image/png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  'application/pdf': Buffer.from('%PDF-'),
}

/** What the bytes are, whatever name and type came with them. */
export function contentTypeOf(bytes: Buffer): ContentType | undefined {
  return CONTENT_TYPES.find((type) => {
    const beginning = BEGINNINGS[type]
    return bytes.subarray(0, beginning.length).equals(beginning)
  })
}

/** The bytes of a document as it was sent; throws `bad-input` or `too-large`. */
export function readDocument(base64: string, said: ContentType): Buffer {
  const bytes = Buffer.from(base64, 'base64')
  // Node passes over what is not base64: then bytes and text do not agree.
  if (bytes.length === 0 || bytes.toString('base64') !== base64)
    throw badInput({ field: 'base64', message: '文件没有传完整，请重新选择' })
  if (bytes.length > MAX_DOCUMENT_BYTES)
    throw new AppError('too-large', { zh: '文件超过 5 MB，请压缩或重新拍照后再上传。' })
  if (contentTypeOf(bytes) !== said)
    throw badInput({ field: 'base64', message: '只能上传 JPG、PNG 图片或 PDF 文件，请重新选择' })
  return bytes
}
