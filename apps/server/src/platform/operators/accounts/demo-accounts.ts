import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '@zhangyi/core'
import type { Database } from '../../database/database.ts'
import type { Settings } from '../../settings/settings.ts'
import { ROLE_NAMES, ROLES } from '../access/roles.ts'
import { INSTALLATION } from './account.ts'
import { storeAccount } from './create-account.ts'
import { findByLoginName } from './find-account.ts'
import { hashPassword, oneTimePassword } from './password.ts'

export interface DemoAccounts {
  readonly loginNames: readonly string[]
  readonly password: string
}

/**
 * For who tries the gateway out: an account for each role, called as the role, all under one password that this data
 * folder was given at its first start. Refuses production.
 */
export async function ensureDemoAccounts({
  database,
  clock,
  settings: { mode, dataDir },
}: {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'mode' | 'dataDir'>
}): Promise<DemoAccounts> {
  if (mode === 'production') throw new Error('demo accounts are not for production')
  const file = join(dataDir, 'console-password')
  if (!existsSync(file)) writeFileSync(file, `${oneTimePassword()}\n`, { mode: 0o600 })
  const password = readFileSync(file, 'utf8').trim()
  const hash = await hashPassword(password)
  await database.inTransaction(INSTALLATION, async (tx) => {
    for (const role of ROLE_NAMES)
      if (!(await findByLoginName(tx, role)))
        await storeAccount(tx, clock, {
          ...{ loginName: role, displayName: `演示${ROLES[role].zh}`, role, hospitals: undefined },
          ...{ hash, isGiven: false, state: 'active', by: 'demo' },
        })
  })
  return { loginNames: ROLE_NAMES, password }
}
