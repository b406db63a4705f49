// `npm run bench -- NAME` runs bench/NAME.ts. JSON lines go to standard output, everything else to standard error.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './step.mjs'

const [name, ...rest] = process.argv.slice(2)
const names = readdirSync(join(ROOT, 'bench'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))
if (name === undefined || !names.includes(name)) {
  if (name !== undefined) process.stderr.write(`没有这个基准：${name}\n`)
  process.stderr.write(`用法：npm run bench -- 名称\n现有：${names.join('、') || '（这个版本还没有基准）'}\n`)
  process.exit(name === undefined ? 0 : 1)
}
const { status } = spawnSync(process.execPath, [join(ROOT, 'bench', `${name}.ts`), ...rest], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
