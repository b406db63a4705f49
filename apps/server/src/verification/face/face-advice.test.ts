import { FACE_ERRCODES, FACE_RESULTS } from '@zhangyi/wechat'
import { expect, test } from 'vitest'
import { adviceOf, faceAdviceSchema } from './face-advice.ts'

test('every result that WeChat gives has its Chinese advice, and the page knows what to do', () => {
  for (const { code } of [...FACE_RESULTS.filter(({ action }) => action !== 'grant')])
    expect(faceAdviceSchema.parse(adviceOf(code)).zh).toBe(FACE_RESULTS.find((row) => row.code === code)?.zh)
  for (const { errcode, zh, action } of FACE_ERRCODES)
    expect(adviceOf(errcode)).toMatchObject({ zh, action, judged: false })
})

test('what was judged is told apart from what never came to it', () => {
  expect(adviceOf(10004)).toMatchObject({ judged: true, retry: true })
  expect(adviceOf(90008)).toMatchObject({ judged: false, action: 'settings' })
  expect(adviceOf(10300)).toMatchObject({ judged: false, action: 'pending' })
  expect(adviceOf(123456)).toMatchObject({ action: 'ops', retry: false })
})
