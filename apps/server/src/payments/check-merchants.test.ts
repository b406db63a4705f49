import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ownPaymentsRig } from '../../../../tests/setup/payments-rig.ts'
import { Checks } from '../platform/checks/checks.ts'
import { buildClients } from '../platform/clients/build-clients.ts'
import { Hospitals } from '../platform/hospitals/hospitals.ts'
import { registerMerchantCheck } from './check-merchants.ts'

test('readiness names key files that cannot be used and addresses that WeChat would refuse, and no key', async () => {
  const { room } = await ownPaymentsRig()
  const [hospital] = room.hospitals.all
  if (!hospital?.wechatPay) throw new Error('no merchant')
  const { wechatPay } = hospital
  const problemOf = async (change: object, publicOrigin = room.publicOrigin) => {
    const hospitals = new Hospitals([{ ...hospital, wechatPay: { ...wechatPay, ...change } }])
    const other = { ...room, hospitals, checks: new Checks(), publicOrigin }
    registerMerchantCheck({ ...other, clients: buildClients(other, () => ({}) as never) })
    return (await other.checks.run('ready'))[0]?.problem ?? 'none'
  }
  expect(await problemOf({})).toBe('none')
  expect(await problemOf({}, 'http://hospital.example.org')).toMatch(/^demo：notify_url/)
  expect(await problemOf({ merchantPrivateKeyFile: '/nowhere.pem' })).toContain('/nowhere.pem')
  const transfer = { ...wechatPay.transfer, sceneId: '1'.repeat(40) }
  expect(await problemOf({ transfer })).toMatch(/^demo：transfer_scene_id/)
  const broken = `${wechatPay.apiV3KeyFile}-broken`
  writeFileSync(broken, 'too-short-a-key')
  const problem = await problemOf({ apiV3KeyFile: broken })
  expect(problem).toMatch(/^demo：/)
  expect(problem).not.toContain('too-short-a-key')
})
