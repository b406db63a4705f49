import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const NOT_OURS = new Set(['node_modules', 'dist', 'unpackage', 'coverage', 'test-output'])

function markdownBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return NOT_OURS.has(entry.name) || entry.name.startsWith('.') ? [] : markdownBelow(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

/** Targets of `[text](target)` and `![text](target)`, code left out. */
function targetsIn(text: string): readonly string[] {
  const prose = text.replace(/^(`{3,}).*?^\1/gms, '').replace(/`[^`\n]*`/g, '`')
  return [...prose.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, target]) => target as string)
}

/** As GitHub makes them: lower case, punctuation gone, spaces become hyphens. */
function anchorsIn(text: string): readonly string[] {
  return [...text.matchAll(/^#+ +(.+)$/gm)].map(([, heading]) =>
    (heading as string)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  )
}

describe('links in the documents', () => {
  const files = markdownBelow(ROOT).map((file) => relative(ROOT, file))

  test('the documents are found', () => {
    expect(files).toEqual(expect.arrayContaining(['README.md', 'README.en.md', 'CONTRIBUTING.md']))
    expect(files.length).toBeGreaterThan(10)
  })

  test.each(files)('%s leads only to what is there', (file) => {
    const path = join(ROOT, file)
    const dead = targetsIn(readFileSync(path, 'utf8')).filter((target) => {
      if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return false
      const [place = '', anchor] = decodeURI(target).split('#')
      const wanted = place === '' ? path : resolve(dirname(path), place)
      if (!existsSync(wanted)) return true
      return (
        anchor !== undefined &&
        wanted.endsWith('.md') &&
        !anchorsIn(readFileSync(wanted, 'utf8')).includes(anchor)
      )
    })
    expect(dead).toEqual([])
  })

  test('the two READMEs show the same: commands, addresses and code', () => {
    const shown = (file: string) =>
      [
        ...readFileSync(join(ROOT, file), 'utf8').matchAll(
          /<(http[^>]+)>|^(npm run [^#\n]+|curl [^#\n]+|ZHANGYI_.+)/gm,
        ),
      ].map(([, address, command]) => (address ?? command)?.trim())
    expect(shown('README.en.md')).toEqual(shown('README.md'))
    expect(shown('README.md').length).toBeGreaterThan(6)
  })
})
