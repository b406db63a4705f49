import { ID_TYPES, isIdType } from '@zhangyi/core'
import type { Card, PersonData } from '../cards/card.ts'
import type { Rsp } from '../operation.ts'

/** A person's members as the platform sends them: what it does not know is an empty text. */
export function personReply(person: PersonData): Rsp {
  const { name, gender, nation = '', birthday = '', idNumber, idType, address = '' } = person
  const { phone1 = '', phone2 = '', ext = '', childInfo } = person
  const known = { name, gender, nation, birthday, idNumber, idType, address, phone1, phone2, ext }
  return childInfo === undefined ? known : { ...known, childInfo }
}

export function cardReply(card: Card): Rsp {
  const { qrCodeText, healthCardId, phid, patid = '', verifyStatus } = card
  return {
    ...personReply(card),
    qrCodeText,
    healthCardId,
    phid,
    patid,
    verifyStatus,
    adminExt: adminExt(card),
  }
}

/** The province's own view of the card, as a JSON text. */
export function adminExt(card: Card): string {
  return JSON.stringify({
    qr_code: card.qrCodeText,
    ecardId: card.healthCardId,
    main_index: card.phid,
    id_type: isIdType(card.idType) ? ID_TYPES[card.idType] : '其他法定有效证件',
    id_number: card.idNumber,
    name: card.name,
    sex: card.gender,
    birthday: card.birthday ?? '',
    telephone: card.phone1 ?? '',
    nation: card.nation ?? '',
    unit: '',
    address: card.address ?? '',
  })
}
