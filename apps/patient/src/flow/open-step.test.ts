import { beforeEach, expect, test, vi } from 'vitest'
import { fakeUni } from '../test-support/fake-uni.ts'
import { flowViews } from '../test-support/views.ts'
import { draftOf, rememberDraft } from './draft.ts'
import { takeHandedView } from './handed-view.ts'
import { openStep } from './open-step.ts'

beforeEach(() => void fakeUni())

function navigation(opens = true) {
  return { moveOn: vi.fn(async () => opens), openPlatformPage: vi.fn(async () => opens) }
}

test("the platform's page, or our own with what was just told", async () => {
  const go = navigation()
  await openStep(flowViews['open-platform'], go)
  expect(go.openPlatformPage).toHaveBeenCalledWith(flowViews['open-platform'].url)
  await openStep(flowViews.form, go)
  expect(go.moveOn).toHaveBeenCalledWith('/pages/enrolment/form', { flow: 'flow_1' })
  expect(takeHandedView('flow_1')).toEqual(flowViews.form)
})

test('says when the page could not be opened, e.g. because its host is not on the list', async () => {
  expect(await openStep(flowViews['open-platform'], navigation(false))).toBe(false)
})

test('what was typed is gone once the flow is done, not before', async () => {
  rememberDraft('flow_1', { name: '周建国' })
  await openStep(flowViews['ways-on'], navigation())
  expect(draftOf('flow_1')).toBeDefined()
  await openStep(flowViews.done, navigation())
  expect(draftOf('flow_1')).toBeUndefined()
})
