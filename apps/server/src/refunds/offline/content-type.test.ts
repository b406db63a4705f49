import { expect, test } from 'vitest'
import {
  CONTENT_TYPES,
  type ContentType,
  contentTypeOf,
  MAX_DOCUMENT_BYTES,
  readDocument,
} from './content-type.ts'

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1])
const PDF = Buffer.from('%PDF-1.7\n')

test.each<[string, Buffer, ContentType | undefined]>([
  ['a photo', JPEG, 'image/jpeg'],
  ['a picture', PNG, 'image/png'],
  ['a PDF', PDF, 'application/pdf'],
  ['a program', Buffer.from('MZ\x90\0'), undefined],
  ['a web page', Buffer.from('<html><script>'), undefined],
  ['a PDF behind a web page', Buffer.from('<html>%PDF-1.7'), undefined],
  ['half a PNG', PNG.subarray(0, 4), undefined],
  ['nothing', Buffer.alloc(0), undefined],
])('%s', (_name, bytes, type) => {
  expect(contentTypeOf(bytes)).toBe(type)
})

test('bytes come back as they were', () => {
  expect(readDocument(PNG.toString('base64'), 'image/png')).toEqual(PNG)
})

test('a program that says it is a picture is refused, whichever it says', () => {
  const program = Buffer.from('MZ\x90\0 This program cannot be run in DOS mode').toString('base64')
  for (const type of CONTENT_TYPES) expect(() => readDocument(program, type), type).toThrow(/validation/)
})

test.each([
  ['nothing', ''],
  ['no base64', '图片'],
  ['base64 with something in it', `${PDF.toString('base64')}<b>`],
  ['a data: address', `data:application/pdf;base64,${PDF.toString('base64')}`],
  ['a picture that says it is a PDF', PNG.toString('base64')],
])('%s is refused', (_name, base64) => {
  expect(() => readDocument(base64, 'application/pdf')).toThrow(/validation/)
})

test('five megabytes pass, one byte more does not', () => {
  const most = Buffer.alloc(MAX_DOCUMENT_BYTES)
  PDF.copy(most)
  expect(readDocument(most.toString('base64'), 'application/pdf')).toHaveLength(MAX_DOCUMENT_BYTES)
  const more = Buffer.concat([most, Buffer.alloc(1)])
  expect(() => readDocument(more.toString('base64'), 'application/pdf')).toThrow(/limit/)
})
