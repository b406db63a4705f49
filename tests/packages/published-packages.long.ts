import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePortBase, type RunningSandbox, startSandbox } from '@zhangyi/sandbox'
import { afterAll, beforeAll, expect, test } from 'vitest'

// A stranger's project: the packages as they are published, plain Node, and the examples of their READMEs.
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const PACKAGES = ['core', 'health-card', 'wechat-pay', 'wechat', 'his'] as const
const run = promisify(execFile)
const PACK_TIME_MS = 240_000

let project: string
let sandbox: RunningSandbox
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'zhangyi-packages-'))
  const scope = join(project, 'node_modules', '@zhangyi')
  await mkdir(scope, { recursive: true })
  await run(process.execPath, [join(ROOT, 'scripts', 'pack.mjs'), '--no-tarballs', '--out', scope])
  // What the packages name as dependencies, and what a TypeScript project has.
  for (const name of [...(await foreignDependencies(scope)), '@types/node', 'undici-types', 'typescript']) {
    const target = join(project, 'node_modules', name)
    await mkdir(dirname(target), { recursive: true })
    await symlink(await installed(name), target, 'dir')
  }
  await writeFile(join(project, 'package.json'), '{"type":"module","private":true}')
  sandbox = await startSandbox({ port: await freePortBase() })
}, PACK_TIME_MS)
afterAll(async () => {
  await sandbox?.stop()
  await rm(project, { recursive: true, force: true })
})

async function foreignDependencies(scope: string): Promise<readonly string[]> {
  const names = await Promise.all(
    PACKAGES.map(async (name) =>
      Object.keys(JSON.parse(await readFile(join(scope, name, 'package.json'), 'utf8')).dependencies),
    ),
  )
  return [...new Set(names.flat())].filter((name) => !name.startsWith('@zhangyi/'))
}

/** Some stand in a workspace's own folder, because another version is at the root. */
async function installed(name: string): Promise<string> {
  const own = PACKAGES.map((one) => join(ROOT, 'packages', one, 'node_modules', name))
  return own.find((folder) => existsSync(folder)) ?? join(ROOT, 'node_modules', name)
}

test('each package depends on core and public libraries only, and brings README, licence and types', async () => {
  for (const name of PACKAGES) {
    const folder = join(project, 'node_modules', '@zhangyi', name)
    const { dependencies, exports } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    const ours = Object.keys(dependencies).filter((one) => one.startsWith('@zhangyi/'))
    expect(ours, name).toEqual(name === 'core' ? [] : ['@zhangyi/core'])
    for (const file of ['README.md', 'LICENSE', exports['.'].types, exports['.'].default])
      expect(existsSync(join(folder, file)), `${name}: ${file}`).toBe(true)
    expect(await readFile(join(folder, 'README.md'), 'utf8'), name).toContain(`@zhangyi/${name}`)
    const files = await readdir(join(folder, 'dist'), { recursive: true })
    expect(files.filter((file) => /\.test\./.test(file))).toEqual([])
  }
})

test(
  'the examples compile against the published types and run against the sandbox',
  async () => {
    const examples: string[] = []
    for (const name of PACKAGES) {
      const folder = join(project, 'node_modules', '@zhangyi', name, 'examples')
      const own = existsSync(folder) ? (await readdir(folder)).filter((file) => file.endsWith('.ts')) : []
      expect(own.length, `examples of ${name}`).toBeGreaterThan(0)
      await cp(folder, join(project, name), { recursive: true })
      examples.push(...own.map((file) => join(project, name, file)))
    }
    const strict = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--types', 'node']
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')
    const compiled = run(process.execPath, [tsc, ...strict, ...examples], { cwd: project })
    expect(await compiled.catch((error: { stdout: string }) => error)).toMatchObject({ stdout: '' })
    for (const example of examples) {
      const { stdout } = await run(process.execPath, [example], {
        cwd: project,
        env: { ...process.env, SANDBOX: sandbox.controlOrigin },
      })
      expect(stdout, example).not.toBe('')
    }
  },
  PACK_TIME_MS,
)
