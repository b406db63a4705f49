import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { builtConsole } from '../build/built-console.ts'
import { useConsole } from './open-console.ts'

const KB = 1024
let dist: string
let files: readonly string[]

beforeAll(async () => {
  dist = (await builtConsole()).dist
  files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(?:js|css|html)$/.test(file),
  )
}, 180_000)

test('no file names a host: everything comes from the gateway', () => {
  const foreign = files.flatMap((file) => {
    const urls =
      readFileSync(join(dist, file), 'utf8').match(/(?:https?:)?\/\/(?:[\w-]+\.)+[a-z]{2,}/gi) ?? []
    // Name spaces, and links in the libraries' own error texts, are never requested.
    return urls
      .filter((url) => !/www\.w3\.org|vuejs\.org|github\.com|element-plus\.org/.test(url))
      .map((url) => `${file}: ${url}`)
  })
  expect(foreign).toEqual([])
})

test('every file but the page itself carries a hash of its content, and the page has no script of its own', () => {
  const unhashed = files.filter((file) => !/^assets[\\/].+-[\w-]{8}\.(?:js|css)$/.test(file))
  expect(unhashed).toEqual(['index.html'])
  expect(readFileSync(join(dist, 'index.html'), 'utf8')).not.toMatch(/<script(?![^>]* src=)|<style| on\w+=/)
})

describe('what a browser loads that has nothing yet', () => {
  const open = useConsole()

  test.each([
    ['sign-in', 'out', 300],
    ['', 'ready', 800],
    ['calls?open=1005', 'ready', 800],
    ['audit?open=48208', 'ready', 800],
    ['accounts', 'ready', 800],
    ['accounts/roles', 'ready', 800],
  ] as const)('%s (%s): at most %i KB gzip', async (path, stage, limitKb) => {
    const { page } = await open(path, { world: { stage } })
    await page.waitForLoadState('networkidle')
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
    const own = new Set(
      loaded.map((address) => new URL(address).pathname).filter((name) => name.startsWith('/console/')),
    )
    const names = ['index.html', ...[...own].map((name) => name.slice('/console/'.length))]
    const bytes = names.reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name))).length, 0)
    console.log(`${path || 'home'}: ${names.length} files, ${(bytes / KB).toFixed(1)} KB gzip`)
    expect(bytes).toBeLessThanOrEqual(limitKb * KB)
  })
})
