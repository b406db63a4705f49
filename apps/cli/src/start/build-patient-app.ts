import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartProblem } from './start-problem.ts'

const ROOT = join(import.meta.dirname, '../../../..')
const PATIENT = join(ROOT, 'apps/patient')
const NOT_SOURCE = new Set(['node_modules', 'dist', 'unpackage'])

export type PatientTarget = 'h5' | 'mp-weixin'

/** Builds the patient app if its sources changed since the last build, and returns the folder of the result. */
export async function buildPatientApp(
  say: (line: string) => void,
  target: PatientTarget = 'h5',
): Promise<string> {
  const output = join(PATIENT, 'dist/build', target)
  const stamp = join(PATIENT, 'dist', `${target}.sources`)
  const sources = hashOfSources()
  if (
    existsSync(join(output, target === 'h5' ? 'index.html' : 'app.json')) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === sources
  )
    return output
  say(target === 'h5' ? '构建患者端（H5）……' : '构建患者端（微信小程序）……')
  const script = target === 'h5' ? 'build:h5' : 'build:mp'
  const { status, stdout, stderr } = spawnSync('npm', ['run', script, '-w', 'apps/patient'], {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new StartProblem(`患者端没有构建成功：\n${stdout}\n${stderr}`)
  writeFileSync(stamp, sources)
  return output
}

/** What the build depends on: the app's own files, the packages it bundles, and the installed versions. */
function hashOfSources(): string {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')))
  for (const folder of [PATIENT, join(ROOT, 'packages/core/src')])
    for (const file of filesBelow(folder)) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => !NOT_SOURCE.has(name))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory() ? filesBelow(path) : [path]
    })
}
