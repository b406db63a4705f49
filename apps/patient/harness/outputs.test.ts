import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { builtPatient } from '../build/built-patient.ts'

const MAIN_PACKAGE_LIMIT_BYTES = 1_000_000
const FIRST_LOAD_LIMIT_BYTES = 150 * 1024
let h5: string
let mp: string

beforeAll(async () => {
  h5 = (await builtPatient('h5')).dist
  mp = (await builtPatient('mp-weixin')).dist
}, 180_000)

function filesOf(dist: string): string[] {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(dist, file)).isFile())
    .map((file) => file.split(sep).join('/'))
}

const appJson = () =>
  JSON.parse(readFileSync(join(mp, 'app.json'), 'utf8')) as {
    subPackages: { root: string; plugins?: object }[]
  }

test.each(['h5', 'mp-weixin'] as const)('%s talks to nobody but the hospital', (target) => {
  const dist = target === 'h5' ? h5 : mp
  const texts = filesOf(dist).map((file) => [file, readFileSync(join(dist, file), 'utf8')] as const)
  const foreign = texts.flatMap(([file, text]) => {
    // Name spaces and the links in Vue's error texts are never requested; the placeholder never resolves.
    const urls = text.match(/(?:https?:)?\/\/(?:[\w-]+\.)+[a-z]{2,}/gi) ?? []
    return urls
      .filter((url) => !/www\.w3\.org|vuejs\.org|zhangyi\.invalid/.test(url))
      .map((url) => `${file}: ${url}`)
  })
  expect(foreign).toEqual([])
  for (const [file, text] of texts)
    expect(text, file).not.toMatch(/tongji|dcloud\.(?:net|io)|preloadAssets|__uni_stat/)
  // Hosts spelled in character codes, as the vendor's preloader does: 'dcloud'.
  for (const [file, text] of texts) expect(text, file).not.toMatch(/99,\s*108,\s*111,\s*117,\s*100/)
})

test('the main package stays below 1 MB, the card plugin is in its subpackage', () => {
  const roots = appJson().subPackages.map(({ root }) => root)
  const main = filesOf(mp).filter((file) => !roots.some((root) => file.startsWith(`${root}/`)))
  const bytes = main.reduce((sum, file) => sum + statSync(join(mp, file)).size, 0)
  expect(bytes).toBeLessThan(MAIN_PACKAGE_LIMIT_BYTES)
  expect(appJson()).not.toHaveProperty('plugins')
  expect(appJson().subPackages.find(({ root }) => root === 'pages-card')?.plugins).toEqual({
    healthCardPlugins: { version: '3.54.1', provider: 'wxee969de81bba9a45' },
  })
})

test('the first load of the H5 is at most 150 KB gzip', () => {
  const html = readFileSync(join(h5, 'index.html'), 'utf8')
  const home = filesOf(h5).filter((file) => /assets\/(?:pages-home-home|home)[.-]/.test(file))
  expect(home.length).toBeGreaterThan(0)
  const wanted = [...html.matchAll(/(?:src|href)="\/h5\/([^"]+)"/g)].map((match) => match[1] ?? '')
  const seen = new Set<string>(['index.html'])
  for (const queue = [...wanted, ...home]; queue.length > 0; ) {
    const file = queue.pop() ?? ''
    if (seen.has(file)) continue
    seen.add(file)
    if (!file.endsWith('.js')) continue
    // What a chunk imports statically is loaded with it.
    const text = readFileSync(join(h5, file), 'utf8')
    for (const match of text.matchAll(/(?:from|import)\s*"(\.[^"]+)"/g)) {
      queue.push(posix.join(posix.dirname(file), match[1] ?? ''))
    }
  }
  const bytes = [...seen].reduce((sum, file) => sum + gzipSync(readFileSync(join(h5, file))).length, 0)
  console.log(`H5 first load: ${[...seen].length} files, ${(bytes / 1024).toFixed(1)} KB gzip`)
  expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_LIMIT_BYTES)
})

test('the H5 page says its language, sends no referrer and may be zoomed', () => {
  const html = readFileSync(join(h5, 'index.html'), 'utf8')
  expect(html).toContain('<html lang="zh-CN">')
  expect(html).toContain('<meta name="referrer" content="no-referrer" />')
  expect(html).not.toMatch(/user-scalable|maximum-scale/)
})
