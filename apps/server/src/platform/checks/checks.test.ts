import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Check, Checks } from './checks.ts'

const check = (name: string, run: Check['run'], level: Check['level'] = 'ready'): Check => ({
  name,
  zh: `检查 ${name}`,
  level,
  run,
})
const fine = async () => ({ ok: true }) as const

describe('checks', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  test('each is reported with what it checks and what is wrong', async () => {
    const checks = new Checks()
    checks.register(check('a.fine', fine))
    checks.register(check('b.wrong', async () => ({ ok: false, zh: '没有连上' })))
    expect(await checks.run()).toEqual([
      { name: 'a.fine', zh: '检查 a.fine', ok: true },
      { name: 'b.wrong', zh: '检查 b.wrong', ok: false, problem: '没有连上' },
    ])
  })

  test('one that never answers is cut off after five seconds and holds up no other', async () => {
    vi.useFakeTimers()
    const checks = new Checks()
    checks.register(check('a.silent', () => new Promise(() => {})))
    checks.register(check('b.fine', fine))
    let reports: Awaited<ReturnType<Checks['run']>> | undefined
    const running = checks.run().then((done) => {
      reports = done
    })
    await vi.advanceTimersByTimeAsync(4_999)
    expect(reports).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    await running
    expect(reports).toMatchObject([
      { name: 'a.silent', ok: false, problem: '5 秒内没有答复' },
      { name: 'b.fine', ok: true },
    ])
    expect(vi.getTimerCount()).toBe(0)
  })

  test.each<[string, Check['run']]>([
    ['rejects', () => Promise.reject(new Error('password=hunter2'))],
    [
      'throws at once',
      () => {
        throw new Error('password=hunter2')
      },
    ],
  ])('one that %s is reported without its message', async (_how, run) => {
    const checks = new Checks()
    checks.register(check('a.broken', run))
    expect(await checks.run()).toEqual([
      { name: 'a.broken', zh: '检查 a.broken', ok: false, problem: '检查本身出错，原因见日志' },
    ])
  })

  test('advice is left out where only readiness counts', async () => {
    const checks = new Checks()
    checks.register(check('a.ready', fine))
    checks.register(check('b.advice', fine, 'advice'))
    expect((await checks.run('ready')).map(({ name }) => name)).toEqual(['a.ready'])
    expect((await checks.run('advice')).map(({ name }) => name)).toEqual(['b.advice'])
  })

  test('what asks outside is left out unless it is asked for; one that passes may say more', async () => {
    const checks = new Checks()
    checks.register(check('a.ready', fine))
    checks.register(check('b.outside', async () => ({ ok: true, zh: '没有权限' }), 'calls'))
    expect((await checks.run('ready', 'advice')).map(({ name }) => name)).toEqual(['a.ready'])
    expect(await checks.run('calls')).toMatchObject([{ ok: true, note: '没有权限' }])
    expect(await checks.run()).toHaveLength(2)
  })

  test('a name is registered once', () => {
    const checks = new Checks()
    checks.register(check('a.fine', fine))
    expect(() => checks.register(check('a.fine', fine))).toThrow('registered twice')
  })
})
