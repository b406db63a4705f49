import { expect, test } from 'vitest'
import { modalityName, modalityOf, modalityOfTitle } from './modality.ts'

test.each([
  ['CT', 'CT'],
  ['us', '超声'],
  ['PATH', '病理'],
  ['肌电图', '肌电图'],
  ['ZZ9', null],
  [undefined, null],
])('modality %s is shown as %s', (code, name) => {
  expect(modalityName(code)).toBe(name)
})

test.each([
  ['胸部 CT 平扫', 'CT'],
  ['肝胆胰脾彩超', '超声'],
  ['十二导联心电图', '心电图'],
  ['电子胃镜检查', '内镜'],
  ['胃镜活检病理', null],
  ['骨密度', null],
  ['全身 PET-CT 显像', 'PET-CT'],
  ['PET/CT', 'PET-CT'],
])('title %s names %s', (title, name) => {
  expect(modalityOfTitle(title)).toBe(name)
})

test('bug: the list said CT by the title, and the content of the same examination said nothing', () => {
  const examination = { kind: 'examination', title: '胸部 CT 平扫', modality: undefined } as const
  expect(modalityOf(examination)).toBe('CT')
  expect(modalityOf({ ...examination, kind: 'lab' })).toBeNull()
})
