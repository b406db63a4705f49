import type { HospitalId } from '@zhangyi/core'
import { AppError, badInput } from '../errors/catalogue.ts'
import { may } from '../operators/access/permissions.ts'
import { INSTALLATION, type Operator } from '../operators/accounts/account.ts'
import { wantedHospital } from '../operators/wanted-hospital.ts'
import type { AnyExportKind } from './export-kind.ts'
import type { ExportsRoom } from './room.ts'

/** Throws `operator-forbidden` for who may not take it. */
export function allowedKind({ kinds }: ExportsRoom, who: Operator, name: string): AnyExportKind {
  const kind = kinds.find((one) => one.name === name)
  if (!kind) throw badInput({ field: 'kind', message: '没有这种导出' })
  if (!may(who.role, kind.permission)) throw new AppError('operator-forbidden')
  return kind
}

/** Whose rows: a hospital's that one sees, or the installation's where a kind has some. */
export function exportedHospital(
  room: ExportsRoom,
  who: Operator,
  kind: AnyExportKind,
  id: string | undefined,
): HospitalId {
  return id === INSTALLATION && kind.ofInstallation ? INSTALLATION : wantedHospital(room, who, id).id
}
