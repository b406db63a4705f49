// `npm run pack`: builds the packages that others may install (JavaScript and types, own README, no install script)
// into build/npm/<name> and packs each into build/npm/*.tgz. `--out DIR` writes elsewhere, `--no-tarballs` stops
// before packing. The checkout itself runs the sources and needs none of this.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from './step.mjs'

/** Core first: the clients are built against its types. */
const PACKAGES = ['core', 'health-card', 'wechat-pay', 'wechat', 'his']

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(ROOT, 'build', 'npm') },
    tarballs: { type: 'boolean', default: true },
  },
  allowNegative: true,
})
const out = resolve(values.out)
for (const name of PACKAGES) {
  const target = join(out, name)
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  compile(name, target)
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest(name), undefined, 2)}\n`)
  cpSync(join(ROOT, 'LICENSE'), join(target, 'LICENSE'))
  for (const extra of ['README.md', 'openapi', 'examples'])
    if (existsSync(join(ROOT, 'packages', name, extra)))
      cpSync(join(ROOT, 'packages', name, extra), join(target, extra), { recursive: true })
  if (values.tarballs) run('npm', ['pack', '--silent', '--pack-destination', out], target)
  process.stderr.write(`✓ @zhangyi/${name}\n`)
}

function compile(name, target) {
  const config = join(target, 'tsconfig.build.json')
  const source = join(ROOT, 'packages', name, 'src')
  const paths = name === 'core' ? {} : { '@zhangyi/core': [join(out, 'core', 'dist', 'index.d.ts')] }
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.base.json'),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        rewriteRelativeImportExtensions: true,
        target: 'ES2022',
        rootDir: source,
        outDir: join(target, 'dist'),
        typeRoots: [join(ROOT, 'node_modules', '@types')],
        paths,
      },
      include: [source],
      exclude: ['*.test.ts', '*.long.ts', 'testing/**', '**/test-support/**'].map(
        (one) => `${source}/**/${one}`,
      ),
    }),
  )
  run(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', config], ROOT)
  rmSync(config)
}

function manifest(name) {
  const { scripts: _, devDependencies: __, private: ___, ...kept } = read(name)
  const ours = ([dependency, range]) =>
    dependency.startsWith('@zhangyi/')
      ? [dependency, read(dependency.slice('@zhangyi/'.length)).version]
      : [dependency, range]
  return {
    ...kept,
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    files: ['dist', 'openapi', 'examples'],
    sideEffects: false,
    engines: { node: '>=20.19' },
    dependencies: Object.fromEntries(Object.entries(kept.dependencies ?? {}).map(ours)),
  }
}

function read(name) {
  return JSON.parse(readFileSync(join(ROOT, 'packages', name, 'package.json'), 'utf8'))
}

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    process.stderr.write(`✗ ${command} ${args[0]} 没有成功\n`)
    process.exit(status ?? 1)
  }
}
