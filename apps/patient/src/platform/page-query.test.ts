import { expect, test } from 'vitest'
import { parseSearch } from './page-query.ts'

test('decodes once and leaves a plus alone', () => {
  expect(parseSearch('?flow=f&healthCode=a+b/c==&u=https%3A%2F%2Fh%2F%3Fx%3D%252F')).toEqual({
    flow: 'f',
    healthCode: 'a+b/c==',
    u: 'https://h/?x=%2F',
  })
  expect(parseSearch('')).toEqual({})
  expect(parseSearch('?a&b=%E0%A4%A')).toEqual({ a: '', b: '%E0%A4%A' })
})
