import { expect, test } from 'vitest'
import { Checks } from './checks.ts'
import { tellProblems } from './tell-problems.ts'

test('at start-up what cannot work is told, and nobody outside is asked', async () => {
  const checks = new Checks()
  const told: object[] = []
  const failing = (name: string, level: 'advice' | 'calls') =>
    checks.register({ name, zh: name, level, run: async () => ({ ok: false, zh: `${name} 不对` }) })
  failing('a.offline', 'advice')
  failing('b.outside', 'calls')
  await tellProblems(checks, { warn: (fields) => void told.push(fields) })
  expect(told).toEqual([{ check: 'a.offline', problem: 'a.offline 不对' }])
})
