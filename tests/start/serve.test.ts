import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSandbox } from '@zhangyi/sandbox'
import { expect, onTestFinished, test } from 'vitest'
import { demoHospital } from '../../apps/cli/src/start/demo-hospital.ts'
import { launch, newPlace, untilReady } from '../setup/npm-start.ts'
import { testDatabase } from '../setup/test-database.ts'

const SERVE = ['zhangyi', 'serve']

test('serve runs the gateway alone, with the hospitals and the database that the settings name', async () => {
  const place = await newPlace()
  const sandbox = await startSandbox({ port: place.port })
  onTestFinished(() => sandbox.stop())
  const { appUrl, ownerUrl } = await testDatabase()
  const file = (name: string, content: string) => {
    writeFileSync(join(place.dataDir, name), content)
    return join(place.dataDir, name)
  }
  const running = launch(place, SERVE, {
    ZHANGYI_HOSPITALS_FILE: file(
      'hospitals.json',
      JSON.stringify({ hospitals: demoHospital(sandbox, place.dataDir).all }),
    ),
    ZHANGYI_DATABASE_URL_FILE: file('database-url', appUrl),
    ZHANGYI_DATABASE_OWNER_URL_FILE: file('owner-url', ownerUrl),
  })
  await untilReady(running)
  expect((await fetch(`${running.origin}/readyz`)).status).toBe(200)
  expect((await fetch(`${running.origin}/h5/`)).status).toBe(200)
  running.child.kill('SIGTERM')
  expect(await running.exited).toBe(0)
})

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['without a hospitals file', {}, 'ZHANGYI_HOSPITALS_FILE'],
  [
    'in production without a database of its own',
    { ZHANGYI_MODE: 'production', ZHANGYI_HOSPITALS_FILE: 'hospitals.json' },
    'ZHANGYI_DATABASE_URL_FILE',
  ],
])('serve %s says what to set, and starts nothing', async (_, settings, named) => {
  const running = launch(await newPlace(), SERVE, settings)
  expect(await running.exited).toBe(1)
  expect(running.output()).toContain(named)
})
