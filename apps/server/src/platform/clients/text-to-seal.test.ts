import { Sensitive } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { textToSeal } from './text-to-seal.ts'

test('the call log keeps what was asked and answered', () => {
  expect(textToSeal(new Sensitive({ patid: 'P1' }))).toBe('{"patid":"P1"}')
  expect(textToSeal(undefined)).toBe('null')
})

test('a reply of megabytes does not grow the call log', () => {
  const slots = Array.from({ length: 20_000 }, (_, index) => ({
    slotId: `S${index}`,
    departmentName: '内科',
  }))
  expect(textToSeal(new Sensitive([slots]))).toMatch(/^\{"tooLong":\d+\}$/)
})
