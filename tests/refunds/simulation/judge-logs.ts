import { SURNAME } from './people.ts'
import type { World } from './world.ts'

/** Said by the server of what can only be a bug of it, as WeChat and the HIS of a simulation contradict themselves never. */
const BUGS = /work failed|work on a refund failed|contradicts|does not fit|does not know|contradicted/
const CRASHED = /"Crash"|Crash: |"killed"|"dead"/
const ERROR_LEVEL = /"level":(50|60)/

/** New lines of the log: no secret, no personal data, no sign of a bug. */
export class LogReader {
  #read = 0
  readonly #secret: RegExp

  constructor({ rig }: Pick<World, 'rig'>) {
    const { apiV3Key } = rig.sandbox.simulators['wechat-pay']?.credentials ?? {}
    const texts = [
      SURNAME,
      '330102\\d{11}',
      'o-\\w{4}-',
      'ABBQO',
      'PRIVATE KEY',
      '(ab){20}',
      String(apiV3Key),
    ]
    this.#secret = new RegExp(texts.join('|'))
  }

  judge({ rig }: Pick<World, 'rig'>): readonly string[] {
    const lines = rig.logLines.slice(this.#read)
    this.#read = rig.logLines.length
    return lines.flatMap((line) => [
      ...(this.#secret.test(line) ? [`logged: ${line}`] : []),
      ...(ERROR_LEVEL.test(line) && BUGS.test(line) && !CRASHED.test(line) ? [`told: ${line}`] : []),
    ])
  }
}
