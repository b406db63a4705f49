import { sensitive } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, canonicalText, signRequest } from './sign.ts'

const SAMPLE = {
  appToken: '',
  hospitalId: '90003',
  requestId: 'DB4D975748A84309977EA25224C0F5CF',
  channelNum: 0,
}
const APP = { appId: 'a1a2e0bde41574ad8ea9a4bb58022oop' }
const SECRET = '8c8e763f443ef983ac33aef1c7085cfb'

test("V1: the portal's published sample, which leaves a numeric zero out", () => {
  const common = { ...SAMPLE, timestamp: '1525392000' }
  expect(signRequest(common, APP, SECRET, { signZero: false })).toBe(
    'TsccMUMTHfOiEovR2hMlRXcQqctRFmPbpPIZdxXCJ/o=',
  )
  expect(signRequest(common, APP, SECRET)).toBe('Ar2jTk5vw7iiGkHFLcWfsUrekRoFrTCMXPJg92b32n4=')
})

test('V2: a lone zero', () => {
  expect(signRequest({ channelNum: 0 }, {}, 'secret')).toBe('izPY5tjxkXETiFSV03ck5ImGpUv2fvK8aHcFrDebzc4=')
})

test.each(['', null])('V3: SDK run with appToken %j', (appToken) => {
  const common = { ...SAMPLE, appToken, timestamp: '1795386706' }
  expect(signRequest(common, APP, SECRET)).toBe('WnwvSXTuRx0hRan2oSqX+v42WgKCJgOz5+r3oFPIBWw=')
})

const PROBE = { appToken: 'TOK', channelNum: 1, hospitalId: 'H', requestId: 'RID', timestamp: '1795386706' }

test('V4: SDK run over every kind of member', () => {
  const req = {
    Aa: 'cap',
    a: 'x',
    cn: '张三',
    l: [],
    n: 0,
    pad: ' v ',
    t: false,
    u: 'a&b=c d',
    b: '',
    sp: ' ',
    z: null,
  }
  expect(canonicalText(PROBE, req)).toBe(
    'Aa=cap&a=x&appToken=TOK&channelNum=1&cn=张三&hospitalId=H&l=[]&n=0&pad= v &requestId=RID&t=false&timestamp=1795386706&u=a&b=c d',
  )
  expect(signRequest(PROBE, req, 'S')).toBe('6vzBAzylaQhXMxkkmi0aayB7dq7AlTK0RPPUZOnIw1A=')
})

test('V5: SDK run with a nested object, its members sorted and null left out', () => {
  const req = { childInfo: { z: '1', k: 2, a: '', gone: null }, q: 1 }
  expect(signRequest(PROBE, req, 'S')).toBe('N58B5oWU+xjrXbftyou6xtDbmXKJYqWAMimupj8SgDc=')
})

test('a sign that is already there does not enter the signature, and req wins a name clash', () => {
  expect(canonicalText({ a: '1', sign: 'old' }, { a: '2' })).toBe('a=2')
})

test('the canonical JSON says the same as JSON, whatever the order of the members', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (members) => {
      const shuffled = Object.fromEntries(Object.entries(members).reverse())
      expect(canonicalJson(shuffled)).toBe(canonicalJson(members))
      expect(JSON.parse(canonicalJson(members))).toEqual(withoutNulls(members))
    }),
    { seed: 20261123, numRuns: 300 },
  )
})

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)]),
  )
}

test('what a server computes from the sent body is the sign that was sent, for any members', () => {
  // A name in both objects is the one thing that must not be: signed and sent values could differ.
  const members = (prefix: string) =>
    fc.dictionary(
      fc.string().map((name) => prefix + name),
      fc.jsonValue(),
    )
  fc.assert(
    fc.property(members('c'), members('r'), fc.boolean(), (commonIn, req, signZero) => {
      const sign = signRequest(commonIn, req, 'S', { signZero })
      const body = JSON.parse(canonicalJson({ commonIn: { ...commonIn, sign }, req }))
      expect(signRequest(body.commonIn, body.req, 'S', { signZero })).toBe(sign)
      expect(sign).toMatch(/^[A-Za-z0-9+/]{43}=$/)
    }),
    { seed: 20261123, numRuns: 300 },
  )
})

test('dropped members change nothing; a zero does unless it is left out', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), (req) => {
      const text = canonicalText({}, req)
      expect(canonicalText({ '\u0000a': null, '\u0000b': ' ', '\u0000c': undefined }, req)).toBe(text)
      expect(canonicalText({ '\u0000d': 0 }, req, { signZero: false })).toBe(text)
      expect(canonicalText({ '\u0000d': 0 }, req)).not.toBe(text)
    }),
    { seed: 20261123, numRuns: 300 },
  )
})

test('what JSON cannot say is refused before it is signed', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, new Date(0), sensitive('张三'), 1n, () => 1])
    expect(() => canonicalJson({ value })).toThrow(TypeError)
})
