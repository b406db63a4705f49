// `npm run build`: the patient app for the web (H5) and for the WeChat mini program. What did not change is not
// built again. Needed by nobody but those who deploy: `npm start` builds the H5 by itself.
import { relative } from 'node:path'
import { buildPatientApp } from '../apps/cli/src/start/build-patient-app.ts'
import { ROOT } from './step.mjs'

const say = (line) => process.stderr.write(`${line}\n`)
try {
  for (const target of ['h5', 'mp-weixin'])
    process.stdout.write(`✓ ${relative(ROOT, await buildPatientApp(say, target))}\n`)
} catch (error) {
  say(error.message)
  process.exit(1)
}
