import type { Plugin } from 'vite'

// uni-app's production runtime talks to its vendor even with statistics switched off: the mini program
// preloads an image from the vendor's CDN three seconds after start (host hidden in character codes), the
// H5 build does the same in its CSS, and the H5 runtime carries the advertisement service. A patient's
// phone must talk to the hospital only, so these are cut out, and the build fails if one comes back.
const CUTS: { file: RegExp; find: RegExp; put: string }[] = [
  {
    file: /uni-mp-weixin[\\/]dist[\\/]uni\.mp\.esm\.js/,
    find: /function preloadAsset\(\) \{/,
    put: '$& return;',
  },
  {
    file: /uni-mp-weixin[\\/]dist[\\/]uni\.api\.esm\.js/,
    find: /\[详情\]\(https:\/\/uniapp\.dcloud\.net\.cn[^)]*\)/g,
    put: '',
  },
  { file: /uni-h5[\\/]dist[\\/]uni-h5\.es\.js/, find: /https:\/\/ha[cs]1\.dcloud\.net\.cn\/\w+/g, put: '/' },
]
const SHADOW_CSS =
  /body:+after\{[^}]*shadow-preload[^}]*\}|@keyframes shadow-preload\{(?:[^{}]*\{[^{}]*\})*\}/g
// Code that reads its host from character codes is not found by a host name, hence `preloadAssets`.
const FORBIDDEN = /tongji|dcloud\.(?:net|io)|preloadAssets/

export function noForeignHosts(): Plugin {
  return {
    name: 'zhangyi:no-foreign-hosts',
    enforce: 'pre',
    transform(code, id) {
      const cuts = CUTS.filter((cut) => cut.file.test(id))
      if (cuts.length === 0) return null
      return { code: cuts.reduce((text, cut) => text.replace(cut.find, cut.put), code), map: null }
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const output of Object.values(bundle)) {
          if (output.type === 'asset' && typeof output.source === 'string') {
            output.source = output.source.replace(SHADOW_CSS, '')
          }
          const text = output.type === 'asset' ? output.source : output.code
          const found = typeof text === 'string' ? FORBIDDEN.exec(text) : null
          if (found) this.error(`${output.fileName} contains the foreign address or call "${found[0]}"`)
        }
      },
    },
  }
}
