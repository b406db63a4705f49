import { expect, test } from 'vitest'
import { menuOf, PERMISSIONS, permissionsOf } from './permissions.ts'
import { ROLE_NAMES } from './roles.ts'

test('who makes accounts does not agree to them, who reads the audit changes nothing, and none of them sees money', () => {
  const [system, security, audit] = [
    permissionsOf('system'),
    permissionsOf('security'),
    permissionsOf('audit'),
  ]
  expect(system).toContain('accounts.create')
  expect(system).not.toContain('accounts.control')
  expect(security).toContain('accounts.control')
  expect(security).not.toContain('accounts.create')
  for (const own of [system, security, audit])
    expect(own.filter((one) => /^(refunds|ledger|offline|campaigns|usage)\./.test(one))).toEqual([])
  expect(audit.filter((one) => !/\.(read|export)$/.test(one))).toEqual([])
  for (const role of ROLE_NAMES.filter((one) => one !== 'audit'))
    expect(permissionsOf(role), role).not.toContain('audit.read')
})

test('the administrator of a hospital looks on, and does nothing', () => {
  expect(permissionsOf('hospital').filter((one) => !one.endsWith('.read'))).toEqual([])
})

test('the menu shows exactly the pages that a role may open, in the order of the table, and never an empty group', () => {
  for (const role of ROLE_NAMES) {
    const shown = menuOf(role).flatMap(({ items }) => items.map(({ path }) => path))
    const allowed = Object.values(PERMISSIONS).flatMap((rule) =>
      'page' in rule && (rule.roles as readonly string[]).includes(role) ? [rule.page.path] : [],
    )
    expect(shown, role).toEqual(allowed)
    expect(menuOf(role).every(({ items }) => items.length > 0)).toBe(true)
  }
})
