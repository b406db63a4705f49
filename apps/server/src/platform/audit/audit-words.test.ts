import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PERMISSIONS } from '../operators/access/permissions.ts'
import { CONTROLS } from '../operators/accounts/control-account.ts'
import { actionName, knowsAction } from './audit-words.ts'

const SOURCE = join(import.meta.dirname, '../..')
const ROOMS =
  'accounts|audit|exports|calls|jobs|patients|enrolment|card-code|verification|personal-data|records|usage|visits|deposits|payments|refunds|notices|settings'

/** What actions are put together from; one that is not here fails the test. */
const PURPOSES = ['visits', 'deposits']
const PARTS: Readonly<Record<string, readonly string[]>> = {
  'row.purpose': PURPOSES,
  'order.purpose': PURPOSES,
  purpose: PURPOSES,
  // `endUnpaid` of payments/refunds, and what `settleAbsence` of payments/transfers leaves.
  state: ['not-paid', 'refused'],
  absence: ['refused', 'not-funded'],
  // HAPPENINGS of refunds/offline.
  happening: [
    ...[
      'submitted',
      'withdrawn',
      'taken',
      'asked',
      'proposed',
      'approved',
      'rejected',
      'reopened',
      'paid-out',
    ],
  ],
}
/** Of `accounts.` and `notices.campaign-`, read where they are given. */
const GIVEN: Readonly<Record<string, string>> = {
  'accounts.${action}': 'auditAccount',
  'notices.campaign-${action}': 'auditCampaign',
}
/** Looks like one: what a blind index is for, and works. */
const NOT_ACTIONS = new Set(['records.report', 'audit.chain', 'usage.alarms'])

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|test-support|audit-words|work-words/.test(file))
  .map((file) => readFileSync(join(SOURCE, file), 'utf8'))
  .filter((text) => /audit|recordAccess/i.test(text))

/** `accounts.signed-in` and the like, wherever they stand in a file that has to do with the audit. */
function literals(): readonly string[] {
  const found = files.flatMap((text) =>
    [...text.matchAll(new RegExp(`'((?:${ROOMS})\\.[a-z][a-z-]*)'`, 'g'))].map(([, action = '']) => action),
  )
  return found.filter((action) => !(action in PERMISSIONS) && !NOT_ACTIONS.has(action))
}

function templates(): readonly string[] {
  return files.flatMap((text) =>
    [...text.matchAll(/action: `([^`]+)`/g)].map(([, template = '']) => template),
  )
}

function expand(template: string): readonly string[] {
  const given = GIVEN[template]
  if (given !== undefined) return givenTo(given).map((action) => template.replace('${action}', action))
  const [whole, name = ''] = /\$\{([^}]+)\}/.exec(template) ?? []
  if (whole === undefined) return [template]
  const parts = PARTS[name]
  if (!parts) throw new Error(`${template}: what can ${name} be? Say it in PARTS`)
  return parts.flatMap((part) => expand(template.replace(whole, part)))
}

function givenTo(writer: string): readonly string[] {
  const calls = files.flatMap((text) => [
    ...text.matchAll(new RegExp(`${writer}\\([^;]*?action: ([^,}]+)`, 'gs')),
  ])
  return calls
    .flatMap(([, value = '']) =>
      value.trim() === 'control'
        ? [...CONTROLS]
        : [...value.matchAll(/'([a-z-]+)'/g)].map(([, one = '']) => one),
    )
    .filter((one) => one !== 'draft')
}

describe('words for what the audit records', () => {
  test('the source is read: literals, and what is put together', () => {
    expect(new Set(literals()).size).toBeGreaterThan(70)
    expect(literals()).toEqual(
      expect.arrayContaining(['records.pdf', 'refunds.reissued', 'exports.downloaded']),
    )
    expect(templates().flatMap(expand)).toEqual(
      expect.arrayContaining([
        'accounts.signed-in',
        'accounts.unlock',
        'deposits.refund-not-paid',
        'notices.campaign-paused',
      ]),
    )
  })

  test('each action that the source can record has one', () => {
    const all = new Set([...literals(), ...templates().flatMap(expand)])
    expect([...all].filter((action) => !knowsAction(action)).sort()).toEqual([])
  })

  test('one that nobody knows is shown as it is', () => {
    expect(actionName('accounts.signed-in')).toBe('账号：登录')
    expect(actionName('deposits.transfer-paid')).toBe('预交金：转账到账')
    expect(actionName('future.thing')).toBe('future.thing')
  })
})
