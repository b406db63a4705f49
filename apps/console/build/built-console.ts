import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildIfStale, runBuilder } from '../../../scripts/build-if-stale.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = [
  'src',
  'vite.config.ts',
  'index.html',
  'package.json',
  '../../packages/core/src',
  '../../package-lock.json',
]

/**
 * The folder of the built console, not older than its sources; builds it when it is missing or stale, and tells so.
 * `npm start`, `npm run build` and all tests come through here.
 */
export async function builtConsole(onBuild: () => void = () => {}): Promise<{ dist: string }> {
  const dist = join(root, 'dist')
  await buildIfStale({
    ...{ root, sources, proof: join(dist, 'index.html'), lock: join(root, 'node_modules', '.build-lock') },
    run: () => {
      onBuild()
      const vite = fileURLToPath(new URL('bin/vite.js', import.meta.resolve('vite/package.json')))
      return runBuilder('the console', [vite, 'build', '--logLevel', 'warn'], { cwd: root })
    },
  })
  return { dist }
}
