import { expect, test } from 'vitest'
import { specimensIn } from './specimen.ts'

test.each([
  ['尿常规', ['urine']],
  ['血常规（五分类）', ['blood']],
  ['血、尿常规', ['blood', 'urine']],
  ['肾功能（尿素、尿酸、肌酐）', []],
  ['血尿酸', ['blood']],
  ['大便隐血', ['other']],
  ['脑脊液生化', ['other']],
  ['', []],
] as const)('%j speaks of %j', (text, specimens) => {
  expect([...specimensIn(text)]).toEqual(specimens)
})
