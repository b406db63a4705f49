import { no, yes } from '@zhangyi/core'
import type { Archive, ArchiveChange } from '../../port.ts'
import { withCreate } from './break-port.ts'
import { type BrokenAdapter, change, ignoreInput, noIfUnknown } from './change-method.ts'

const archiveX = ({ patid, phone, address }: ArchiveChange): Archive => ({
  patid,
  name: '',
  idType: '01',
  idNumber: '',
  visitCardNumber: undefined,
  phone,
  address,
  campus: undefined,
  lastVisitOn: undefined,
})

export const BROKEN_UPDATES: readonly BrokenAdapter[] = [
  [
    'says no when the reply to an update is lost',
    change('archives', 'update', noIfUnknown),
    ['archives.update-with-lost-reply'],
  ],
  [
    'promises an update for later',
    change('archives', 'update', (update) => async (wanted, key) => {
      const { kind } = await update({ patid: wanted.patid }, key)
      return kind === 'yes' ? yes(archiveX(wanted)) : no('not-found', 'no such archive')
    }),
    [
      'archives.update-then-find',
      'archives.update-keeps-the-rest',
      'archives.update-with-same-key',
      'archives.update-with-lost-reply',
    ],
  ],
  [
    'answers an update with the archive as it was',
    change('archives', 'update', (update) => async (wanted, key) => {
      const answer = await update(wanted, key)
      return answer.kind === 'yes' ? yes({ ...answer.value, phone: '19900000000' }) : answer
    }),
    ['archives.update-then-find'],
  ],
  [
    'writes the address into nothing but its answer',
    change('archives', 'update', (update) => async ({ patid, phone, address }, key) => {
      const answer = await update({ patid, phone, ...(address && { address: '旧址' }) }, key)
      return answer.kind === 'yes' ? yes({ ...answer.value, address }) : answer
    }),
    ['archives.update-then-find', 'archives.update-keeps-the-rest'],
  ],
  [
    'blanks what an update leaves out',
    change(
      'archives',
      'update',
      (update) =>
        ({ patid, phone = '', address = '' }, key) =>
          update({ patid, phone, address }, key),
    ),
    ['archives.update-keeps-the-rest'],
  ],
  [
    'updates again for a key that it has seen',
    change('archives', 'update', (update) => (wanted) => update(wanted, crypto.randomUUID())),
    ['archives.update-with-same-key'],
  ],
  [
    'repeats the first answer of an update’s key, whatever it comes with',
    change('archives', 'update', ignoreInput),
    ['archives.update-with-same-key'],
  ],
  [
    'updates any patid',
    change('archives', 'update', (update) => async (wanted, key) => {
      const answer = await update(wanted, key)
      return answer.kind === 'no' && answer.code === 'not-found' ? yes(archiveX(wanted)) : answer
    }),
    ['archives.update-unknown-patid'],
  ],
  [
    'keeps the phone of a person whom nobody verified',
    withCreate((create) => (wanted, key) => create({ ...wanted, verified: true }, key)),
    ['archives.hide-unconfirmed-phone'],
  ],
]
