import { describe, expect, test } from 'vitest'
import { AppError, badInput, CATALOGUE, type ErrorCode } from './catalogue.ts'

const entries = Object.entries(CATALOGUE) as [ErrorCode, (typeof CATALOGUE)[ErrorCode]][]

describe('the error catalogue', () => {
  test.each(entries)('%s speaks Chinese to the patient and English to the developer', (code, entry) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(entry.status).toBeGreaterThanOrEqual(400)
    expect(entry.status).toBeLessThan(600)
    expect(entry.zh).toMatch(/^\p{Script=Han}.*。$/u)
    expect(entry.en).toMatch(/^[\x20-\x7e]+\.$/)
  })

  test('no two codes tell the patient the same', () => {
    expect(new Set(entries.map(([, { zh }]) => zh)).size).toBe(entries.length)
  })

  test('an error takes status and texts from the catalogue', () => {
    const cause = new Error('why')
    const error = new AppError('patient-limit', { cause })
    expect(error).toMatchObject({ code: 'patient-limit', status: 409, fields: [], cause })
    expect(error.message).toBe(CATALOGUE['patient-limit'].en)
    expect(error.zh).toBe(CATALOGUE['patient-limit'].zh)
  })

  test('a clearer Chinese text and field problems may be given', () => {
    expect(new AppError('not-found', { zh: '没有找到这家医院。' }).zh).toBe('没有找到这家医院。')
    const fields = [{ field: 'idNumber', message: '身份证号应为 18 位' }]
    expect(badInput(...fields)).toMatchObject({ code: 'bad-input', status: 400, fields })
  })
})
