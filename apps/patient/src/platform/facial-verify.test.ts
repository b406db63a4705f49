import { expect, test } from 'vitest'
import { isVersionAtLeast } from './facial-verify.ts'

test.each([
  ['3.8.12', true],
  ['3.8.13', true],
  ['3.9.0', true],
  ['4.0.0', true],
  ['3.8.11', false],
  ['3.8', false],
  ['2.30.0', false],
  ['', false],
  ['x.y.z', false],
])('WeChat %s can verify faces: %s', (version, can) => expect(isVersionAtLeast(version)).toBe(can))
