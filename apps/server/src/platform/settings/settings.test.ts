import { describe, expect, test } from 'vitest'
import { loadSettings, SETTINGS, SettingsError } from './settings.ts'

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    loadSettings(env)
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
  return []
}

describe('settings', () => {
  test('without any variable everything has its default, on this machine only', () => {
    expect(loadSettings({})).toEqual({
      mode: 'development',
      host: '127.0.0.1',
      port: 8080,
      sandboxPort: 9100,
      dataDir: './.zhangyi',
      logLevel: 'info',
      sessionHours: 168,
      trustProxy: false,
      operatorIdleMinutes: 30,
      operatorPasswordDays: 90,
      auditKeepDays: 1100,
      exportKeepHours: 24,
      oidcClaim: 'preferred_username',
      oidcName: '医院统一登录',
      oidcSecondFactor: false,
    })
  })

  test('an empty text counts as not set', () => {
    expect(loadSettings({ ZHANGYI_PORT: '', ZHANGYI_PUBLIC_ORIGIN: '' })).toEqual(loadSettings({}))
  })

  test('values are read in their type', () => {
    expect(
      loadSettings({ ZHANGYI_PORT: '8180', ZHANGYI_MODE: 'production', ZHANGYI_DATA_DIR: '/srv/zhangyi' }),
    ).toMatchObject({ port: 8180, mode: 'production', dataDir: '/srv/zhangyi' })
  })

  test('all problems are told at once, each with its variable', () => {
    const env = {
      ZHANGYI_PORT: 'eighty',
      ZHANGYI_SANDBOX_PORT: '70000',
      ZHANGYI_MODE: 'prod',
      ZHANGYI_SESSION_HOURS: '0',
      ZHANGYI_PUBLIC_ORIGIN: 'not an address',
      ZHANGYI_PROT: '8080',
    }
    const problems = problemsOf(env)
    expect(problems.map((problem) => problem.split('：')[0]).sort()).toEqual(Object.keys(env).sort())
    expect(() => loadSettings(env)).toThrow(new RegExp(Object.keys(env).join('|'), 'g'))
  })

  test('a ZHANGYI_ variable that does not exist is refused, others are not ours', () => {
    expect(problemsOf({ ZHANGYI_PROT: '1' })).toEqual([expect.stringContaining('没有这个设置')])
    expect(problemsOf({ PORT: '1', ZHANGYI: '1', ZHANGYI_TEST_LONG: '1' })).toEqual([])
  })

  test.each(['0', '-1', '65536', '1.5', '80a', 'Infinity'])('%s is no port', (port) => {
    expect(problemsOf({ ZHANGYI_PORT: port })).toHaveLength(1)
  })

  test('what was typed is not repeated: it may be a secret in the wrong place', () => {
    expect(
      problemsOf({ ZHANGYI_PUBLIC_ORIGIN: 'hunter2', ZHANGYI_PASSWORD: 'hunter2' }).join(),
    ).not.toContain('hunter2')
  })

  test('every variable has one name and a Chinese explanation', () => {
    const all = Object.values(SETTINGS)
    expect(new Set(all.map(({ env }) => env)).size).toBe(all.length)
    for (const { env, zh } of all) {
      expect(env).toMatch(/^ZHANGYI_[A-Z_]+$/)
      expect(zh).toMatch(/\p{Script=Han}.*。$/u)
    }
  })
})
