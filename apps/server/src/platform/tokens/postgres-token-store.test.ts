import { hospitalId } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../../../tests/setup/test-database.ts'
import { Cipher } from '../crypto/cipher.ts'
import { postgresTokenStore } from './postgres-token-store.ts'

const CIPHER = new Cipher('cd'.repeat(32))

test('two processes that find the same dead token fetch one new token between them', async () => {
  const { database, asOwner } = await testDatabase()
  const stores = [0, 1].map(() => postgresTokenStore(database, CIPHER, hospitalId('demo')))
  let fetched = 0
  const fetchNew = async () => ({ token: `token-${++fetched}`, expiresAtMs: 1_000 })
  const tokens = await Promise.all(stores.map((store) => store.refresh('app', undefined, fetchNew)))
  expect(tokens.map(({ token }) => token)).toEqual(['token-1', 'token-1'])
  const [row] = await asOwner<{ token: Buffer }>('SELECT token FROM platform_token')
  expect(row?.token.toString('latin1')).not.toContain('token-1')
})

test('bug: thirty hospitals that refresh at once do not starve each other of connections', async () => {
  const { database } = await testDatabase()
  const stores = Array.from({ length: 30 }, (_, index) =>
    postgresTokenStore(database, CIPHER, hospitalId(`h${index}`)),
  )
  const fetchNew = async () => ({ token: 'fresh', expiresAtMs: 1_000 })
  const tokens = await Promise.all(stores.map((store) => store.refresh('app', undefined, fetchNew)))
  expect(tokens).toHaveLength(30)
})
