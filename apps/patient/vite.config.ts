import uniPlugin from '@dcloudio/vite-plugin-uni'
import { defineConfig } from 'vite'
import { noForeignHosts } from './build/no-foreign-hosts'

// The plugin is CommonJS: under ESM its function arrives as `default` of the default.
type UniPlugin = typeof uniPlugin
const uni = (uniPlugin as UniPlugin & { default?: UniPlugin }).default ?? uniPlugin

// The build tool would otherwise post a hash of this machine's MAC address to its vendor ("check update").
process.env['CI'] ??= '1'

if (process.env['UNI_PLATFORM'] === 'mp-weixin' && !process.env['VITE_ZHANGYI_ORIGIN']) {
  // Building without an origin stays possible (tests redirect it), but a release must not go out like this.
  console.warn('VITE_ZHANGYI_ORIGIN is not set: this mini program will call https://zhangyi.invalid')
}

// H5: what pages share is small (15 KB gzip in all), and on a slow network twenty files cost more than one.
const SHARED =
  /\/(?:apps\/patient\/src\/(?:api|components|flow|person-form|platform|session|texts)|packages\/core)\//
// What only some pages need is not in the first load. No pages here: a chunk draws in what its modules import.
const APART: readonly (readonly [string, RegExp])[] = [
  [
    'visits',
    /\/src\/(?:(?:api|texts)\/visits?[-.]|platform\/pay\.|pages-visit\/(?:shared\/(?:handed-|order-row|visit-words)|order\/order-phase))/,
  ],
  [
    'refunds',
    /\/src\/(?:(?:api|texts)\/(?:refund|offline)|platform\/(?:receive-|choose-|shrink-|ask-sub|open-mini)|pages-refund\/shared\/)/,
  ],
  ['visitor', /\/src\/(?:visitor\/|texts\/visitor\.|platform\/weixin-bridge)/],
]
function manualChunks(id: string): string | undefined {
  return APART.find(([, modules]) => modules.test(id))?.[0] ?? (SHARED.test(id) ? 'shared' : undefined)
}

export default defineConfig({
  plugins: [noForeignHosts(), uni()],
  ...(process.env['UNI_PLATFORM'] === 'h5' && { build: { rollupOptions: { output: { manualChunks } } } }),
  css: { preprocessorOptions: { scss: { api: 'modern-compiler', silenceDeprecations: ['legacy-js-api'] } } },
})
