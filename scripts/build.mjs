// `npm run build`: the patient app for the web (H5) and for the WeChat mini program, and the operators' console. What
// did not change is not built again. Needed by nobody but those who deploy: `npm start` builds what it serves by itself.
import { relative } from 'node:path'
import { buildConsole } from '../apps/cli/src/start/build-console.ts'
import { buildPatientApp } from '../apps/cli/src/start/build-patient-app.ts'
import { ROOT } from './step.mjs'

const say = (line) => process.stderr.write(`${line}\n`)
const built = (dist) => process.stdout.write(`✓ ${relative(ROOT, dist)}\n`)
try {
  for (const target of ['h5', 'mp-weixin']) built(await buildPatientApp(say, target))
  built(await buildConsole(say))
} catch (error) {
  say(error.message)
  process.exit(1)
}
