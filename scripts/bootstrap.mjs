// The first script that runs on a fresh machine: plain JavaScript for Node.js 20 and newer, no dependency.
// Installs what package-lock.json names if it is not there yet, then runs the wanted task with the Node.js 24
// that came with npm (or with this one, if it is new enough).
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SERVE_FLAGS } from './serve-flags.mjs'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const STAMP = join(ROOT, 'node_modules', '.zhangyi-installed')
const WINDOWS = process.platform === 'win32'
const MINIMUM = [22, 18]

const TASKS = {
  start: ['apps/cli/src/zhangyi.mjs', 'start'],
  test: ['scripts/test.mjs'],
  'test:long': ['scripts/test.mjs', '--long'],
  check: ['scripts/check.mjs'],
  build: ['scripts/build.mjs'],
  generate: ['scripts/generate.mjs'],
  bench: ['scripts/bench.mjs'],
  simulate: ['tests/refunds/simulation/run.ts'],
  pack: ['scripts/pack.mjs'],
  zhangyi: ['apps/cli/src/zhangyi.mjs'],
}

const [task = '', ...rest] = process.argv.slice(2)
const command = TASKS[task]
if (!command) fail(`没有这个任务：${task}。可用：${Object.keys(TASKS).join('、')}`)
install()
const [script, ...fixed] = command
// Whoever sets a limit of his own knows better.
const limited = /--max-old-space-size/.test(process.env.NODE_OPTIONS ?? '')
const flags = task === 'zhangyi' && rest[0] === 'serve' && !limited ? SERVE_FLAGS : []
run(nodeBinary(), [...flags, join(ROOT, script), ...fixed, ...rest])

function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex')
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return
  process.stderr.write('首次运行：安装依赖，约需 1–2 分钟……\n')
  // NODE_ENV=production in the environment must not leave out what the build needs.
  const flags = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync(WINDOWS ? 'npm.cmd' : 'npm', flags, {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    shell: WINDOWS,
  })
  if (status !== 0)
    fail('依赖没有装好。请检查网络和 npm registry 设置，然后再运行一次；已下载的部分不会重复下载。')
  writeFileSync(STAMP, lock)
}

function nodeBinary() {
  const packaged = join(ROOT, 'node_modules', '.bin', WINDOWS ? 'node.cmd' : 'node')
  const direct = join(
    ROOT,
    'node_modules',
    `node-${WINDOWS ? 'win' : process.platform}-${process.arch}`,
    'bin',
    WINDOWS ? 'node.exe' : 'node',
  )
  if (existsSync(direct)) return direct
  if (existsSync(packaged)) return packaged
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return process.execPath
  fail(`这台机器需要 Node.js ${MINIMUM.join('.')} 或更新的版本（现在是 ${process.versions.node}）。`)
}

function run(node, args) {
  const bin = join(ROOT, 'node_modules', '.bin')
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${WINDOWS ? ';' : ':'}${bin}${WINDOWS ? ';' : ':'}${process.env.PATH}`,
  }
  // The IPC channel tells the child when we are killed: it then stops by itself and leaves nothing running.
  const child = spawn(node, args, {
    cwd: process.env.INIT_CWD && task === 'zhangyi' ? process.env.INIT_CWD : ROOT,
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  // npm killed with -9 cannot pass that on. Between it and us stands a shell that lives on: both are watched.
  const above = ancestors()
  setInterval(() => ancestors() !== above && child.connected && child.disconnect(), 1_000).unref()
  // Ctrl-C reaches the whole process group; a plain kill reaches only us and is passed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => signal !== 'SIGINT' && child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
  child.on('error', (error) => fail(error.message))
}

function ancestors() {
  try {
    // The fields after the command's name in brackets: state, then the parent's pid.
    const [, parent] = readFileSync(`/proc/${process.ppid}/stat`, 'utf8').split(') ').at(-1).split(' ')
    return `${process.ppid} ${parent}`
  } catch {
    return String(process.ppid)
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
