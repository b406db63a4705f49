import { expect, test, vi } from 'vitest'
import type { Entries } from '../../api/refund-types.ts'
import { entriesView } from '../../test-support/refund-views.ts'
import { lost, me, ok } from '../../test-support/views.ts'
import { useEntries } from './use-entries.ts'

const allowed = { loadMe: async () => ok(me), openConsent: async () => true }

function page(entries: Entries | undefined) {
  const parts = {
    entries: async () => (entries ? ok(entries) : lost),
    openWay: vi.fn(async () => true),
    openMine: vi.fn(async () => true),
    openOffline: vi.fn(async () => true),
    allowed,
  }
  return { parts, ...useEntries(parts) }
}

const closedBut = (open: 'original' | 'face' | undefined): Entries => ({
  ...entriesView,
  ways: entriesView.ways.map((one) =>
    one.way === open ? one : { ...one, closed: '请在 8:00–17:00 办理。' },
  ),
})

test('both ways with what the hospital says of them; the other one is a tap away', async () => {
  const { allowed: gate, ways, nextStep, choose, go, parts } = page(entriesView)
  await gate.run()
  expect(ways.value.map(({ name, tag, chosen }) => [name, tag, chosen])).toEqual([
    ['预交金退费', '不用验证', true],
    ['人脸核验退款', '任何渠道', false],
  ])
  choose('face')
  expect(nextStep.value).toBe('去验证并退款')
  await go()
  expect(parts.openWay).toHaveBeenCalledExactlyOnceWith('face')
})

test('a closed way says why and cannot be chosen; with both closed nothing opens', async () => {
  const one = page(closedBut('face'))
  await one.allowed.run()
  one.choose('original')
  expect(one.ways.value.map(({ closed, chosen }) => [closed, chosen])).toEqual([
    ['请在 8:00–17:00 办理。', false],
    ['', true],
  ])
  const none = page(closedBut(undefined))
  await none.allowed.run()
  expect(none.nextStep.value).toBe('')
  await none.go()
  expect(none.parts.openWay).not.toHaveBeenCalled()
})

test('a gateway that does not answer is said', async () => {
  const { allowed: gate } = page(undefined)
  await gate.run()
  expect(gate.gate.value).toBe('problem')
})
