import { DAY_MS, HOUR_MS } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FaceRig, startFaceRig } from '../../../../tests/setup/face-rig.ts'
import { miniProgramLinks } from './mini-program-links.ts'

let rig: FaceRig
beforeAll(async () => {
  rig = await startFaceRig()
})
afterAll(() => rig.stop())

const calls = () => rig.calls('weixin', 'generate_urllink').length

test('each user of the official account has a link of their own, made once, and a new one long before it dies', async () => {
  const links = miniProgramLinks(rig.room({ mode: 'production' }))
  const [mine, theirs] = [await rig.newSession('official-account'), await rig.newSession('official-account')]
  const before = calls()
  const [first, again] = await Promise.all([links(mine), links(mine)])
  expect(first).toMatch(/^http/)
  expect([again, await links(mine)]).toEqual([first, first])
  expect(await links(theirs)).not.toBe(first)
  expect(calls() - before).toBe(2)
  rig.clock.advance(DAY_MS - HOUR_MS)
  expect(await links(mine)).not.toBe(first)
})

test('inside the mini program and in development there is nothing to open', async () => {
  const before = calls()
  expect(await miniProgramLinks(rig.room({ mode: 'production' }))(await rig.newSession())).toBeNull()
  expect(await miniProgramLinks(rig.room())(await rig.newSession('official-account'))).toBeNull()
  expect(calls()).toBe(before)
})

test('WeChat makes none, or not in time: the page does without, and the next one asks again', async () => {
  const links = miniProgramLinks(rig.room({ mode: 'production' }))
  const session = await rig.newSession('official-account')
  rig.fault('weixin', { kind: 'http-500', operation: 'generate_urllink' })
  expect(await links(session)).toBeNull()
  expect(await links(session)).toMatch(/^http/)
  const impatient = miniProgramLinks(rig.room({ mode: 'production' }), 0)
  expect(await impatient(session)).toBeNull()
})
