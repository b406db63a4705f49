import { expect, test } from 'vitest'
import { useGrantTime } from './use-grant-time.ts'

const expiresAt = '2026-11-23T06:30:00Z'
const at = (time: string) => Date.parse(`2026-11-23T${time}Z`)

test('says how long the reports stay open, and that they are closed', () => {
  let nowMs = at('06:01:30')
  const { begin, tick, line, lapsed } = useGrantTime(() => nowMs)
  begin({ assurance: 'real-person', expiresAt })
  expect(line.value).toBe('还可查看 28 分钟（到 14:30）')
  nowMs = at('06:29:30')
  tick()
  expect(line.value).toBe('还可查看不到 1 分钟（到 14:30）')
  expect(lapsed.value).toBe(false)
  nowMs = at('06:30:00')
  tick()
  expect(lapsed.value).toBe(true)
})

test.each(['06:45:00', '00:00:00'])(
  'a phone whose clock is wrong (%s) hides nothing and promises no minutes',
  (time) => {
    const { begin, line, lapsed } = useGrantTime(() => at(time) - (time === '00:00:00' ? 86_400_000 : 0))
    begin({ assurance: 'real-person', expiresAt })
    expect(line.value).toBe('可以查看到 14:30')
    expect(lapsed.value).toBe(false)
  },
)

test('a fallback and a proxy verification are named', () => {
  const { begin, how } = useGrantTime(() => at('06:00:00'))
  begin({ assurance: 'fallback', expiresAt })
  expect(how.value).toContain('短信')
  begin({ assurance: 'proxy', expiresAt })
  expect(how.value).toContain('家人')
  begin({ assurance: 'real-person', expiresAt })
  expect(how.value).toBe('')
})
