import { checkCharacter } from '@zhangyi/core'
import { beforeEach, expect, test, vi } from 'vitest'
import { draftOf, forgetDraft, moveDraft, rememberDraft } from '../flow/draft.ts'
import { fakeUni } from '../test-support/fake-uni.ts'
import { refused } from '../test-support/views.ts'
import { needsGuardian, personInput } from './person-input.ts'
import { usePersonForm } from './use-person-form.ts'

const NOW = Date.parse('2026-11-23T09:00:00+08:00')
let stored: Map<string, string>
beforeEach(() => {
  stored = fakeUni()
})

function idNumber(birthday: string): string {
  const first17 = `330106${birthday}001`
  return first17 + checkCharacter(first17)
}

function formWith(values: Record<string, string>, flow = 'f') {
  const form = usePersonForm(() => NOW)
  // `begin` asks the gateway who the person is; the defaults are set before it does.
  void form.begin(flow).catch(() => undefined)
  for (const [name, value] of Object.entries(values)) form.put(name, value)
  return form
}
const ADULT = {
  name: '周建国',
  idNumber: idNumber('19880214'),
  nation: '汉族',
  phone: '13900004321',
  address: '文三路 9 号',
  relation: '本人',
}

test('what was typed outlives the page, per flow, and is gone when the flow is done', () => {
  const form = formWith({ name: '周建国' })
  form.save()
  expect(formWith({}).draft.value['name']).toBe('周建国')
  expect(formWith({}, 'g').draft.value['name']).toBeUndefined()
  forgetDraft('f')
  expect(stored.size).toBe(0)
})

test('a draft goes along to the flow that tries again', () => {
  rememberDraft('f', { name: '周建国' })
  moveDraft('f', 'g')
  expect(draftOf('f')).toBeUndefined()
  expect(draftOf('g')).toEqual({ name: '周建国' })
})

test('a draft dies after half an hour', () => {
  vi.useFakeTimers()
  rememberDraft('f', { name: '周建国' })
  vi.advanceTimersByTime(30 * 60_000)
  expect(draftOf('f')).toBeUndefined()
  vi.useRealTimers()
})

test('a resident ID is asked for nation, a passport for gender and birthday', () => {
  const form = formWith({})
  const names = () => form.rows.value.map(({ name }) => name)
  expect(names()).toEqual(['name', 'idType', 'idNumber', 'nation', 'phone', 'address', 'relation'])
  form.put('idType', '03')
  expect(names()).toEqual([
    'name',
    'idType',
    'idNumber',
    'gender',
    'birthday',
    'phone',
    'address',
    'relation',
  ])
})

test('the guardian appears by the birthday in the ID number', () => {
  const form = formWith({ ...ADULT, idNumber: idNumber('20180305') })
  expect(form.guardianRows.value.map(({ name }) => name)).toContain('guardian.name')
  form.put('idNumber', idNumber('20121123'))
  expect(form.guardianRows.value, 'fourteen today').toEqual([])
  expect(needsGuardian({ idType: '03', birthday: '2018-03-05' }, 14, NOW)).toBe(true)
})

test('everything wrong is shown at once, the first wrong field is led to', () => {
  const form = formWith({ idNumber: '330106198802140018' })
  expect(form.mayBeSent()).toBe(false)
  expect(form.problems.value).toMatchObject({
    name: '请填写姓名',
    idNumber: expect.stringContaining('可能有一位输错了'),
    phone: '请填写手机号码',
  })
  expect(form.target.value).toMatchObject({ name: 'name', times: 1 })
  form.put('name', '周建国')
  expect(form.problems.value['name']).toBeUndefined()
})

test('leaving a field tells what is wrong with it; an empty one is not yet wrong', () => {
  const form = formWith({ phone: '1390000' })
  form.leave('phone')
  form.leave('name')
  expect(form.problems.value).toEqual({ phone: '手机号码应为 11 位数字，请检查' })
})

test("the gateway's words stand at their field, and nothing typed is lost", () => {
  const form = formWith(ADULT)
  form.refuse(
    refused('bad-input', {
      message: '有信息需要修改',
      fields: [{ field: 'address', message: '请填写现住址' }],
    }).error,
  )
  expect(form.problems.value).toEqual({ address: '请填写现住址' })
  expect(form.target.value.name).toBe('address')
  expect(form.draft.value['name']).toBe('周建国')
  expect(form.traceId.value).toBe('')
})

test('a guardian that only the gateway asks for appears, with its problem at its field', () => {
  const form = formWith(ADULT)
  const fields = [{ field: 'guardian.phone', message: '请填写手机号码' }]
  form.refuse(refused('bad-input', { fields }).error)
  expect(form.guardianRows.value.length).toBeGreaterThan(0)
  expect(form.problems.value).toEqual({ 'guardian.phone': '请填写手机号码' })
})

test('what cannot be mended in a field stands above the form, with its number', () => {
  const form = formWith(ADULT)
  form.refuse(refused('card-platform-refused', { message: '没有受理', traceId: 'ZY-7F3K-29QX' }).error)
  expect(form.notice.value).toBe('没有受理')
  expect(form.traceId.value).toBe('ZY-7F3K-29QX')
})

test('only what was filled in is sent; what the ID says is not repeated', () => {
  const draft = { ...ADULT, idType: '01', gender: '女', birthday: '2000-01-01', address: '' }
  expect(personInput(draft, false)).toEqual({
    name: '周建国',
    idType: '01',
    idNumber: ADULT.idNumber,
    nation: '汉族',
    phone: '13900004321',
    relation: '本人',
  })
  const child = personInput({ ...draft, 'guardian.relation': '母亲', 'guardian.name': '王芳' }, true)
  expect(child.guardian).toMatchObject({ relation: '母亲', name: '王芳', idType: '01' })
})
