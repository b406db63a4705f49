import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { expect, test } from 'vitest'

const SRC = join(import.meta.dirname, '../src')
/** Which room may import from which; every page may use its own folder, and only `app` and nobody else knows pages. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  api: [],
  session: ['api'],
  ui: ['api', 'session'],
  layout: ['api', 'session', 'ui'],
  pages: ['api', 'session', 'ui'],
  app: ['api', 'session', 'ui', 'layout', 'pages', 'styles'],
}

/** `pages/calls`, `ui`: a page is a room of its own. */
function roomOf(path: string): string {
  const [first = '', second = ''] = path.split(sep)
  return first === 'pages' ? `${first}/${second}` : first
}

// The boundary checker of the repository does not read `.vue` files.
test('imports go one way: app → layout, pages → ui → session → api; no page knows another', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(?:ts|vue)$/.test(file),
  )
  const wrong = files.flatMap((file) => {
    const text = readFileSync(join(SRC, file), 'utf8')
    const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] ?? '')
    const from = roomOf(file)
    return imports
      .map((path) => roomOf(relative(SRC, join(SRC, dirname(file), path))))
      .filter((to) => to !== from && !MAY_USE[from.split('/')[0] ?? '']?.includes(to.split('/')[0] ?? ''))
      .map((to) => `${file} → ${to}`)
  })
  expect(files.length).toBeGreaterThan(50)
  expect(wrong).toEqual([])
})
