import { expect, test } from 'vitest'
import type { Hospital } from '../hospitals/hospitals.ts'
import { eachHospital } from './each-hospital.ts'

const named = (...ids: string[]) => ({ hospitals: { all: ids.map((id) => ({ id }) as unknown as Hospital) } })

test('bug: a hospital whose HIS did not answer kept the due work of every other one waiting', async () => {
  let answer = () => {}
  const silent = new Promise<void>((resolve) => {
    answer = resolve
  })
  const worked: string[] = []
  const all = eachHospital(named('silent', 'b', 'c', 'd', 'e', 'f'), async ({ id }) => {
    if (id === 'silent') await silent
    worked.push(id)
    // Nobody else is worked any more: only then the HIS answers.
    if (worked.length === 5) answer()
    return 1
  })
  expect(await all).toBe(1)
  expect(worked).toEqual(['b', 'c', 'd', 'e', 'f', 'silent'])
})

test('the most that was done at one; a failure at one is told when the others are done', async () => {
  const counts: Readonly<Record<string, number>> = { a: 2, b: 7, c: 0 }
  expect(await eachHospital(named('a', 'b', 'c'), async ({ id }) => counts[id] ?? 0)).toBe(7)
  expect(await eachHospital(named(), async () => 1)).toBe(0)
  const worked: string[] = []
  const failing = eachHospital(named('a', 'b', 'c'), async ({ id }) => {
    if (id === 'a') throw new Error('not this one')
    return worked.push(id)
  })
  await expect(failing).rejects.toThrow('not this one')
  expect(worked).toEqual(['b', 'c'])
})
