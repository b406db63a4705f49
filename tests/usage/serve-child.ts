// The server under the fault test: the whole gateway as `zhangyi serve` runs it, with a clock that its parent moves.
import { systemClock } from '@zhangyi/core'
import { ManualOffsetClock } from '@zhangyi/sandbox'
import { loadHospitals, loadSettings, readSecret, secretOpener, startServer } from '@zhangyi/server'

const { ZHANGYI_TEST_OFFSET_MS: offsetMs = '0', ...env } = process.env
const settings = loadSettings(env)
const clock = new ManualOffsetClock(systemClock)
clock.advance(Number(offsetMs))
await startServer({
  settings,
  clock,
  hospitals: loadHospitals(settings.hospitalsFile ?? ''),
  databaseUrl: readSecret(secretOpener(settings), settings.databaseUrl ?? ''),
})
process.on('message', (advanceMs) => clock.advance(Number(advanceMs)))
// Whoever started it is gone: nobody would end it.
process.on('disconnect', () => process.exit(1))
process.send?.('ready')
