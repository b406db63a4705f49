import { expect, test } from 'vitest'
import { documentOf } from './choose-documents.ts'

const base64 = (...bytes: number[]) => btoa(String.fromCharCode(...bytes))

test.each([
  ['photo.jpg', base64(0xff, 0xd8, 0xff, 0xe0, 1, 2), 'image/jpeg'],
  ['picture.gif', base64(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1), 'image/png'],
  ['scan', btoa('%PDF-1.7'), 'application/pdf'],
])('%s is what its bytes say', (name, bytes, contentType) => {
  expect(documentOf(name, bytes)).toEqual({ name, contentType, base64: bytes })
})

test('a web page, a file that could not be read, and more than five megabytes are none', () => {
  expect(documentOf('a.jpg', btoa('<html>'))).toBeUndefined()
  expect(documentOf('a.jpg', undefined)).toBeUndefined()
  const most = '/9j/'.padEnd(4 * Math.ceil((5 * 1024 * 1024) / 3), 'A')
  expect(documentOf('a.jpg', most)).toBeDefined()
  expect(documentOf('a.jpg', `${most}AAAA`)).toBeUndefined()
})
