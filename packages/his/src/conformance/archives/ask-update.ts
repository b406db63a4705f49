import type { Outcome } from '@zhangyi/core'
import type { Archive, ArchiveChange, NewArchive } from '../../port.ts'
import { findOwn, queryOf, wordsOf } from '../ask.ts'
import { type ConformanceBench, must, NotOffered } from '../check.ts'

/** The operation, which a port may lack: then the check is left out. */
export function updateOf({
  port,
}: ConformanceBench): (change: ArchiveChange, requestKey: string) => Promise<Outcome<Archive>> {
  const { update } = port.archives
  if (!update) throw new NotOffered('适配器没有提供 archives.update：手机号和住址只能到窗口修改')
  return update
}

/** A phone of the same made-up kind as the people's, so that the kit's own report hides it too. */
export function newPhone({ people }: ConformanceBench): string {
  return people.adult().phone
}

export function updated(outcome: Outcome<Archive>): Archive {
  must(outcome.kind === 'yes', `update 的答复是 ${wordsOf(outcome)}，应当是 yes`)
  return outcome.value
}

/** The one archive of a made-up person as a query shows it. */
export async function archiveOf(bench: ConformanceBench, person: NewArchive): Promise<Archive> {
  const [own, ...others] = await findOwn(bench, queryOf(person))
  must(own !== undefined && others.length === 0, '修改之后，按原来的证件和姓名查不到这一份档案')
  return own
}
