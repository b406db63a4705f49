import { sensitive } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { Cipher } from '../../platform/crypto/cipher.ts'
import { facePersonIndex, faceSubject, openPerson, sealPerson } from './face-person.ts'

const cipher = new Cipher('5'.repeat(64))
const person = (name: string, idNumber: string) => ({ name: sensitive(name), idNumber: sensitive(idNumber) })
const index = (name: string, idNumber: string) =>
  facePersonIndex(cipher, person(name, idNumber)).toString('hex')

test('one person however the name and the number are written', () => {
  const li = index('买买提·艾力', '330102199001012210')
  expect(index(' 买买提•艾力', '330102199001012210 ')).toBe(li)
  expect(index('买买提·艾力', '330102900101221')).toBe(li)
  expect(index('王x', '11010519491231002x')).toBe(index('王X', '11010519491231002X'))
})

test('another name or another number is another person', () => {
  const all = [
    index('李明华', '330102199001012210'),
    index('李明花', '330102199001012210'),
    index('李明华', '330102199001012229'),
  ]
  expect(new Set(all).size).toBe(3)
})

test('it is no index of the number alone, and none without the key', () => {
  const bare = cipher.blindIndex('01|330102199001012210', 'person').toString('hex')
  expect(index('李明华', '330102199001012210')).not.toBe(bare)
  const other = new Cipher('6'.repeat(64))
  const li = person('李明华', '330102199001012210')
  expect(facePersonIndex(other, li).equals(facePersonIndex(cipher, li))).toBe(false)
  expect(faceSubject(cipher, li)).toEqual({ kind: 'person', personIndex: facePersonIndex(cipher, li) })
})

test('a person is stored sealed and comes back unprintable', () => {
  const sealed = sealPerson(cipher, person('李明华', '330102199001012210'))
  expect(sealed.toString('utf8')).not.toContain('李明华')
  const back = openPerson(cipher, sealed)
  expect(back.name.reveal()).toBe('李明华')
  expect(JSON.stringify(back)).not.toContain('3301')
})
