import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildIfStale, runBuilder } from '../../../scripts/build-if-stale.ts'

export type BuildTarget = 'h5' | 'mp-weixin'
/** `gallery` is the same app with one more page that shows every shared component. */
export type BuildVariant = 'build' | 'gallery'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = [
  'src',
  'build',
  'vite.config.ts',
  'index.html',
  'package.json',
  '../../packages/core/src',
  '../../package-lock.json',
]
/** A host the gallery's web-view may show, so that tests see both answers. */
export const GALLERY_WEB_HOST = 'health.example.cn'

/**
 * The folder of a build that is not older than its sources; builds it when it is missing or stale, and tells so.
 * `npm start` and all tests come through here: a second builder would pull the folder from under the first one.
 */
export async function builtPatient(
  target: BuildTarget,
  variant: BuildVariant = 'build',
  onBuild: () => void = () => {},
): Promise<{ dist: string }> {
  const dist = join(root, 'dist', variant, target)
  await buildIfStale({
    ...{ root, sources, proof: join(dist, target === 'h5' ? 'index.html' : 'app.json') },
    lock: join(root, 'dist', `.lock-${variant}-${target}`),
    run: () => {
      onBuild()
      return build(target, variant, dist)
    },
  })
  return { dist }
}

function build(target: BuildTarget, variant: BuildVariant, dist: string): Promise<void> {
  const platform = variant === 'gallery' ? `${target === 'h5' ? 'h5' : 'mp'}-gallery` : target
  const uni = join(root, 'node_modules/@dcloudio/vite-plugin-uni/bin/uni.js')
  return runBuilder(`${variant} ${target}`, [uni, 'build', '-p', platform, '--outDir', dist], {
    cwd: root,
    env: { CI: '1', ...(variant === 'gallery' && { VITE_ZHANGYI_WEB_HOSTS: GALLERY_WEB_HOST }) },
  })
}
