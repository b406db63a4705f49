import { expect, test } from 'vitest'
import { allSteps, flowViews, me } from '../test-support/views.ts'
import { flowView, meView } from './readers.ts'

test.each(allSteps)('reads %s as it is', (step) => expect(flowView(flowViews[step])).toEqual(flowViews[step]))

test('reads who the person is', () => expect(meView(me)).toEqual(me))

test('a step, or a field of another type, that this app does not know is refused', () => {
  expect(() => flowView({ ...flowViews.form, step: 'dance' })).toThrow()
  expect(() => flowView({ ...flowViews.done, cardPending: 'yes' })).toThrow()
  expect(() => meView({ ...me, patients: null })).toThrow()
})

test('a reason or way of a newer gateway leaves a page that leads on', () => {
  const view = { ...flowViews['ways-on'], reason: 'new-reason', ways: ['teleport', 'retry'] }
  expect(flowView(view)).toMatchObject({ reason: 'platform-refused', ways: ['retry'] })
  expect(flowView({ ...view, ways: ['teleport'] })).toMatchObject({ ways: ['counter', 'phone'] })
})
