import { expect, test, vi } from 'vitest'
import { createBrightScreen } from './bright-screen.ts'

type Answer = { success: (result: { value: number }) => void }

function phone() {
  const answers: Answer[] = []
  const screen = {
    getScreenBrightness: (options: Answer) => void answers.push(options),
    setScreenBrightness: vi.fn<(options: { value: number }) => void>(),
    setKeepScreenOn: vi.fn<(options: { keepScreenOn: boolean }) => void>(),
  }
  const values = () => screen.setScreenBrightness.mock.calls.map(([{ value }]) => value)
  const kept = () => screen.setKeepScreenOn.mock.calls.map(([{ keepScreenOn }]) => keepScreenOn)
  return { ...createBrightScreen(screen), answers, values, kept }
}

test('bright and awake while shown, and afterwards as it was', () => {
  const { raise, restore, answers, values, kept } = phone()
  raise()
  raise()
  answers[0]?.success({ value: 0.4 })
  restore()
  restore()
  expect(answers).toHaveLength(1)
  expect(values()).toEqual([1, 0.4])
  expect(kept()).toEqual([true, false])
})

test('somebody who left before the phone answered keeps the screen as it was', () => {
  const { raise, restore, answers, values } = phone()
  raise()
  restore()
  answers[0]?.success({ value: 0.4 })
  expect(values()).toEqual([])
})

test('a browser, which can do none of it, is left alone', () => {
  const { raise, restore } = createBrightScreen({})
  expect(() => {
    raise()
    restore()
  }).not.toThrow()
})
