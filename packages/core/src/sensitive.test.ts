import { Console } from 'node:console'
import { Writable } from 'node:stream'
import { format, inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { sensitive } from './sensitive.ts'

const SECRET = '330102199001012217'
const hidden = sensitive(SECRET)

function printed(print: (console: Console) => void): string {
  let text = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk
      done()
    },
  })
  print(new Console(stream, stream))
  return text
}

describe('a sensitive value', () => {
  test('comes out by reveal() only', () => {
    expect(hidden.reveal()).toBe(SECRET)
    expect(sensitive({ name: '李明华' }).reveal()).toEqual({ name: '李明华' })
  })

  test.each<[string, () => string]>([
    ['template', () => `${hidden}`],
    ['concatenation', () => `x${String(hidden)}`],
    ['String()', () => String(hidden)],
    ['toString()', () => hidden.toString()],
    ['JSON', () => JSON.stringify({ person: { idNumber: hidden } })],
    ['inspect', () => inspect({ person: hidden })],
    ['inspect of everything', () => inspect(hidden, { showHidden: true, depth: null })],
    ['inspect without our own', () => inspect(hidden, { customInspect: false, showHidden: true })],
    ['format %s %o %O %j', () => format('%s %o %O %j', hidden, hidden, hidden, hidden)],
    ['console.log', () => printed((console) => console.log('person', hidden, { hidden }, [hidden]))],
    ['console.table', () => printed((console) => console.table([{ hidden }]))],
    ['console.dir', () => printed((console) => console.dir(hidden, { showHidden: true }))],
    ['an error', () => inspect(new Error(`bad ${hidden}`, { cause: hidden }))],
    ['its own keys', () => JSON.stringify({ ...hidden, keys: Reflect.ownKeys(hidden).map(String) })],
    ['a structured clone', () => inspect(structuredClone({ hidden }))],
    ['a number', () => String(Number(hidden as unknown as string))],
    ['a URL', () => new URLSearchParams({ id: hidden as unknown as string }).toString()],
  ])('is not shown by %s', (_way, print) => {
    expect(print()).not.toContain(SECRET)
    expect(print()).not.toContain('2217')
  })

  test('shows that something was hidden', () => {
    expect(`${hidden} ${JSON.stringify(hidden)} ${inspect(hidden)}`).toBe('[已隐藏] "[已隐藏]" [已隐藏]')
  })
})
