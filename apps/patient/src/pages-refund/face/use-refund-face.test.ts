import { checkCharacter } from '@zhangyi/core'
import { beforeEach, expect, test, vi } from 'vitest'
import type { FaceAdvice } from '../../api/face-types.ts'
import type { FaceResult } from '../../api/refund-types.ts'
import type { MeView } from '../../api/types.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { entriesView, oneArchive, REFUNDS_NOW_MS } from '../../test-support/refund-views.ts'
import { lost, me, ok, refused } from '../../test-support/views.ts'
import type { RefundFaceParts } from './refund-face-parts.ts'
import { useRefundFace } from './use-refund-face.ts'

beforeEach(() => void fakeUni())

const FIRST17 = '33010219480101221'
const NUMBER = FIRST17 + checkCharacter(FIRST17)
const mini: MeView = { ...me, channel: 'mini-program', developmentBridge: false }
const passed: FaceResult = { state: 'passed', advice: null, archives: oneArchive }
const pending: FaceResult = { state: 'pending', advice: null, archives: null }
const notThePerson: FaceAdvice = {
  zh: '请检查基本信息是否与人脸识别为同一人',
  action: 'check-identity',
  retry: true,
  judged: true,
}
const failed = (advice: FaceAdvice): FaceResult => ({ state: 'failed', advice, archives: null })

function page(
  changes: Partial<RefundFaceParts> = {},
  who: MeView = mini,
  results: ApiResult<FaceResult>[] = [],
) {
  const parts = {
    entries: vi.fn(async () => ok({ ...entriesView, miniProgramUrl: 'https://wxaurl.cn/x' })),
    start: vi.fn(changes.start ?? (async () => ok({ id: 'check_1', verifyId: 'v', bridgePage: null }))),
    settle: vi.fn(async () => results.shift() ?? ok(passed)),
    verify: vi.fn(changes.verify ?? (async () => 'ended' as const)),
    openBridge: vi.fn(changes.openBridge ?? (async () => 'left' as const)),
    openArchives: vi.fn(async () => true),
    openOffline: vi.fn(async () => true),
    openMiniProgram: vi.fn(() => true),
    cleanAddress: vi.fn(),
    pause: vi.fn(async () => undefined),
    nowMs: () => REFUNDS_NOW_MS,
    allowed: { loadMe: async () => ok(who), openConsent: async () => true },
  }
  return { parts, ...useRefundFace(parts) }
}

async function filled(...given: Parameters<typeof page>) {
  const opened = page(...given)
  await opened.arrive({})
  opened.form.put('name', ' 李建华 ')
  opened.form.put('idNumber', NUMBER.toLowerCase())
  return opened
}

test('name and number are checked, the face is WeChat’s, and the gateway says how it ended', async () => {
  const { go, parts } = await filled()
  await go()
  expect(parts.start).toHaveBeenCalledExactlyOnceWith({ name: '李建华', idNumber: NUMBER })
  expect(parts.verify).toHaveBeenCalledExactlyOnceWith('v')
  expect(parts.settle).toHaveBeenCalledExactlyOnceWith('check_1')
  expect(parts.openArchives).toHaveBeenCalledExactlyOnceWith('check_1', oneArchive)
})

test('a wrong number is said and not sent; another kind of document is sent to the hospital’s people', async () => {
  const { go, form, parts } = await filled()
  form.put('idNumber', '330102194801012210')
  await go()
  expect(form.problems.value['idNumber']).toBeDefined()
  form.put('idNumber', '830000199408230021')
  await go()
  expect(form.problems.value['idNumber']).toContain('人工审核')
  expect(parts.start).not.toHaveBeenCalled()
})

test('a face that is not the person’s: the list’s words, and both ways on', async () => {
  const { go, state, problem, mayGoAgain, change, form, parts } = await filled({}, mini, [
    ok(failed(notThePerson)),
  ])
  await go()
  expect([state.value, problem.value?.message, mayGoAgain.value]).toEqual([
    'failed',
    '请检查基本信息是否与人脸识别为同一人',
    true,
  ])
  await go()
  expect(parts.start, 'a new try is a new check').toHaveBeenCalledTimes(2)
  change()
  expect([state.value, form.draft.value['idNumber']]).toEqual(['form', NUMBER.toLowerCase()])
})

test('no result yet, or no answer: the same check is asked for again and not the face', async () => {
  const { go, state, askAgain, parts } = await filled({}, mini, [ok(pending), ok(pending), ok(pending), lost])
  await go()
  expect([state.value, parts.settle.mock.calls.length]).toEqual(['pending', 3])
  await askAgain()
  expect(state.value).toBe('pending')
  await askAgain()
  expect(parts.openArchives).toHaveBeenCalledOnce()
  expect(parts.start).toHaveBeenCalledOnce()
})

test('a phone that cannot, and a person who turned back', async () => {
  const cannot = await filled({ verify: async () => 'unsupported' })
  await cannot.go()
  expect(cannot.state.value).toBe('unsupported')
  await cannot.openOffline()
  expect(cannot.parts.openOffline).toHaveBeenCalledOnce()
  const turned = await filled({ verify: async () => 'cancelled' })
  await turned.go()
  expect([turned.state.value, turned.problem.value?.code]).toEqual(['failed', 'FACE_CANCELLED'])
  expect(turned.parts.settle).not.toHaveBeenCalled()
})

test('what the gateway refuses stands at its field, or above the form', async () => {
  const fields = [{ field: 'name', message: '姓名不对' }]
  const named = await filled({ start: async () => refused('bad-input', { fields }) })
  await named.go()
  expect([named.state.value, named.form.problems.value['name']]).toEqual(['form', '姓名不对'])
  const whole = await filled({ start: async () => refused('face-check-refused') })
  await whole.go()
  expect(whole.form.notice.value).toBe('face-check-refused')
})

test('the official account leads to the mini program, and asks for no name there', async () => {
  const { arrive, state, openMini, parts } = page({}, { ...me, developmentBridge: false })
  await arrive({})
  expect(state.value).toBe('elsewhere')
  await openMini()
  expect(parts.openMiniProgram).toHaveBeenCalledExactlyOnceWith('https://wxaurl.cn/x')
})

test('in development the stand-in opens, and the way back settles the check of the address', async () => {
  const start = async () => ok({ id: 'check_1', verifyId: 'v', bridgePage: 'http://127.0.0.1:9102/face' })
  const first = await filled({ start }, me)
  await first.go()
  expect(first.parts.openBridge).toHaveBeenCalledExactlyOnceWith(
    'http://127.0.0.1:9102/face',
    true,
    'check_1',
  )
  expect(first.parts.verify).not.toHaveBeenCalled()
  const back = page({}, me)
  await back.arrive({ id: 'check_1', result: 'passed' })
  expect(back.parts.cleanAddress).toHaveBeenCalledWith({ id: 'check_1' })
  expect(back.parts.openArchives).toHaveBeenCalledOnce()
  const above = await filled({ start, openBridge: async () => 'opened' }, me)
  await above.go()
  await above.show()
  expect(above.parts.openArchives).toHaveBeenCalledOnce()
})
