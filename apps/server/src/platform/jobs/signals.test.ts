import { hospitalId } from '@zhangyi/core'
import { expect, onTestFinished, test, vi } from 'vitest'
import { testDatabase } from '../../../../../tests/setup/test-database.ts'
import { notifySignal, Signals } from './signals.ts'

const DEMO = hospitalId('demo')
const WAIT = { timeout: 20_000 }

async function listening() {
  const made = await testDatabase()
  const warned: string[] = []
  const log = { info: () => {}, warn: (_: object, text: string) => void warned.push(text), error: () => {} }
  const signals = new Signals({ url: made.appUrl, log })
  onTestFinished(() => signals.stop())
  const heard: (string | undefined)[] = []
  signals.on('test_due', (payload) => void heard.push(payload))
  const tell = (payload: string, fail = false) =>
    made.database.inTransaction(DEMO, async (tx) => {
      notifySignal(tx, 'test_due', payload)
      if (fail) throw new Error('rolled back')
    })
  return { ...made, signals, heard, tell, warned }
}

test('a signal is heard once its transaction is committed, and never of one that was rolled back', async () => {
  const { signals, heard, tell, database } = await listening()
  await signals.start()
  expect(heard, 'look once after connecting').toEqual([undefined])
  await expect(tell('demo lost', true)).rejects.toThrow('rolled back')
  let commit: () => void = () => {}
  const open = new Promise<void>((resolve) => (commit = resolve))
  const committed = database.inTransaction(DEMO, async (tx) => {
    notifySignal(tx, 'test_due', 'demo slow')
    await open
  })
  await tell('demo quick')
  await vi.waitFor(() => expect(heard).toEqual([undefined, 'demo quick']), WAIT)
  commit()
  await committed
  await vi.waitFor(() => expect(heard).toEqual([undefined, 'demo quick', 'demo slow']), WAIT)
})

test('after a lost connection the listener is called to look, and hears again', async () => {
  const { signals, heard, tell, asOwner, warned } = await listening()
  await signals.start()
  await asOwner(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND query LIKE 'LISTEN%' AND pid <> pg_backend_pid()`,
  )
  await vi.waitFor(() => expect(heard).toEqual([undefined, undefined]), WAIT)
  expect(warned).toContain('signals: connection lost')
  await tell('demo again')
  await vi.waitFor(() => expect(heard.at(-1)).toBe('demo again'), WAIT)
})

test('a database that is away at the start is no reason not to start', async () => {
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const signals = new Signals({ url: 'postgres://nobody@127.0.0.1:1/none', log })
  await signals.start()
  await signals.stop()
})

test('bug: stopped while it connects, it leaves no connection behind', async () => {
  const { signals, heard, asOwner } = await listening()
  const starting = signals.start()
  await signals.stop()
  await starting
  const left = () =>
    asOwner<{ count: string }>(
      `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
    )
  await vi.waitFor(async () => expect((await left())[0]?.count).toBe('0'), WAIT)
  expect(heard).toEqual([])
})

test('a signal has one listener, and a name that is safe in a statement', () => {
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const signals = new Signals({ url: 'postgres://nobody@127.0.0.1:1/none', log })
  signals.on('one', () => {})
  expect(() => signals.on('one', () => {})).toThrow('has a listener')
  expect(() => signals.on('one; DROP TABLE x', () => {})).toThrow('named by')
})
