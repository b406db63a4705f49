import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WechatError } from '../errors.ts'
import { FACE_ERRCODES, faceErrorAdvice } from './face-errcodes.ts'
import { FACE_RESULTS, faceResult } from './face-results.ts'

// Every code of the tables of version 2 and, behind it, of version 1.
const KNOWN = [
  ...[10000, 10001, 10040, 10041, 10017, 10018, 10002, 10010, 10012, 10003, 10004, 10005, 10006],
  ...[10007, 10008, 10013, 10014, 10015, 10016, 10045, 10020, 10029, 10052, 10021, 10026, 10042, 10300],
  ...[90001, 90109, 90002, 90003, 90004, 90005, 90006, 90007, 90012, 90008, 90009, 90010, 90011, 90013],
  ...[90014, 90017, 90107, 90018, 90104, 90105, 90106, 90110, 90199],
  ...[10022, 10009, 90100, 90101, 90102, 90103, 10027, 10028, 10031, 10057, 10066, 10069],
]
const seed = 20_261_123

test('every known code has one row, and no other has', () => {
  const codes = FACE_RESULTS.map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
  expect([...codes].sort()).toEqual([...KNOWN].sort())
})

describe.each(FACE_RESULTS)('$code', (row) => {
  test('passes only if it is 10000, and tells the patient in Chinese what to do', () => {
    const result = faceResult(row.code)
    expect(result).toEqual({ ...row, passed: row.code === 10000 })
    expect(row.action === 'grant').toBe(row.code === 10000)
    expect(row.zh).toMatch(/[\u4e00-\u9fff]。$/)
    expect(row.zh).not.toMatch(/\d{5}|[A-Za-z]{4}/)
    if (row.action === 'retry') expect(row.retry).toBe(true)
    if (['ops', 'later', 'cool-down', 'pending', 'other-method'].includes(row.action))
      expect(row.retry).toBe(false)
  })
})

test.each([
  [10003, 'check-identity', true],
  [10004, 'retry', true],
  [10005, 'pending', false],
  [10300, 'pending', false],
  [10006, 'ops', false],
  [10026, 'other-method', true],
  [10042, 'cool-down', false],
  [90001, 'other-method', false],
  [90004, 'cancelled', false],
  [90008, 'settings', false],
  [90012, 'retry', false],
])('%d: %s, counts as an attempt: %s', (code, action, countsAsAttempt) => {
  expect(faceResult(code)).toMatchObject({ action, countsAsAttempt })
})

test(`no other number passes (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.oneof(fc.integer(), fc.double(), fc.integer({ min: 9_990, max: 10_010 })), (code) => {
      expect(faceResult(code).passed).toBe(code === 10000)
      if (!KNOWN.includes(code)) expect(faceResult(code)).toMatchObject({ action: 'ops', retry: false })
    }),
    { seed, numRuns: 300 },
  )
})

describe('errcodes', () => {
  test.each([
    [84001, 'retry'],
    [84006, 'check-identity'],
    [45009, 'other-method'],
    [48001, 'ops'],
    [-1, 'later'],
    [99999, 'ops'],
  ])('%d: %s', (errcode, action) => {
    const error = new WechatError('refused', 'queryVerifyInfo', { errcode, code: String(errcode) })
    expect(faceErrorAdvice(error)).toMatchObject({ errcode, action })
    expect(faceErrorAdvice(String(errcode))).toEqual(faceErrorAdvice(error))
  })

  test('no answer: later, and nothing is counted', () => {
    const lost = new WechatError('unavailable', 'queryVerifyInfo', { code: 'timeout' })
    expect(faceErrorAdvice(lost)).toMatchObject({ errcode: undefined, action: 'later' })
    expect(faceErrorAdvice('transport')).toMatchObject({ action: 'later', countsAsAttempt: false })
  })

  test('none is a pass', () => {
    for (const { errcode } of FACE_ERRCODES) expect(faceErrorAdvice(String(errcode)).action).not.toBe('grant')
  })
})
