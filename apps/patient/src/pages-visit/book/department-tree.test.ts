import { expect, test } from 'vitest'
import { departments } from '../../test-support/visit-views.ts'
import { departmentGroups, findDepartments, isSingle } from './department-tree.ts'

test('two levels: headings with their departments, others by themselves', () => {
  const groups = departmentGroups(departments)
  expect(groups.map(({ name, rows }) => [name, rows.map((row) => row.name)])).toEqual([
    ['内科', ['心血管内科', '消化内科']],
    ['儿科', ['儿科']],
  ])
  expect(groups.map(isSingle)).toEqual([false, true])
  expect(groups[0]?.rows[0]?.where).toBe('解放路院区 · 门诊楼 3 层')
})

test('a department whose heading is missing, or that lies deeper, is not lost', () => {
  const [heading, first] = departments
  if (!heading || !first) throw new Error('no departments')
  const orphan = { ...first, id: 'x', name: '孤科', parentId: 'gone' }
  const deeper = { ...first, id: 'y', name: '冠心病门诊', parentId: first.id }
  const groups = departmentGroups([heading, first, orphan, deeper])
  expect(groups.map(({ name, rows }) => [name, rows.map((row) => row.name)])).toEqual([
    ['内科', ['冠心病门诊']],
    ['孤科', ['孤科']],
  ])
})

test('departments in a circle do not hang', () => {
  const [heading] = departments
  if (!heading) throw new Error('no departments')
  const circle = [
    { ...heading, id: 'a', parentId: 'b' },
    { ...heading, id: 'b', parentId: 'a' },
  ]
  expect(departmentGroups(circle)).toEqual([])
})

test.each([
  ['消化', ['消化内科']],
  [' 内科 ', ['心血管内科', '消化内科']],
  ['城西', ['消化内科']],
  ['牙', []],
])('searching 「%s」 looks at name, heading and campus', (words, found) => {
  expect(findDepartments(departments, words).map(({ name }) => name)).toEqual(found)
})
