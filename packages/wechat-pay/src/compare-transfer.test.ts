import { fen } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { compareTransfer } from './compare-transfer.ts'

const stored = { mchid: '1', appid: 'wx', outBillNo: 'A1', amountFen: fen(100), openid: 'o' }

test('an answer that agrees, or leaves out appid and openid, names nothing', () => {
  expect(compareTransfer(stored, stored)).toEqual([])
  expect(compareTransfer(stored, { mchid: '1', outBillNo: 'A1', amountFen: fen(100) })).toEqual([])
})

test('each difference is named, without its value', () => {
  const other = { mchid: '2', appid: 'wy', outBillNo: 'A2', amountFen: fen(101), openid: 'p' }
  expect(compareTransfer(stored, other)).toEqual(['mchid', 'appid', 'outBillNo', 'amountFen', 'openid'])
  expect(compareTransfer(stored, { ...stored, amountFen: fen(99) })).toEqual(['amountFen'])
})
