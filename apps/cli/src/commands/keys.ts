import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  Cipher,
  dataKeyPlace,
  loadSettings,
  openSecret,
  readDataKey,
  readSecretFile,
  sealSecret,
  writeSecretFile,
} from '@zhangyi/server'
import type { Command } from 'commander'
import { StartProblem } from '../start/start-problem.ts'

export function addKeysCommand(program: Command): void {
  program
    .command('keys')
    .description('密钥文件：用主密钥加密')
    .command('seal <明文文件>')
    .description('把一个密钥文件加密成一行文字，网关启动时用主密钥打开；内容从不显示')
    .option('--to <文件>', '加密后写到这个文件（权限 600）；已经有这个文件就不写')
    .option('--in-place', '写回同一个文件，明文不再留着', false)
    .addHelpText(
      'after',
      '\n主密钥是 ZHANGYI_DATA_KEY_FILE 指的文件，它自己不加密。先把它备份到别处：丢了它，加密的密钥就打不开。\n请用运行网关的用户执行。还有几个明文，zhangyi doctor 会说；是哪些，看运营后台「设置 → 密钥」。做法见 docs/operations/keys.md',
    )
    .action(seal)
}

interface SealOptions {
  readonly to?: string
  readonly inPlace: boolean
}

async function seal(file: string, { to, inPlace }: SealOptions): Promise<void> {
  const target = targetOf(file, to, inPlace)
  const settings = loadSettings(process.env)
  if (resolve(file) === dataKeyPlace(settings))
    throw new StartProblem('这是主密钥，别的都靠它打开：不能加密它，请把它放好，权限 600。')
  const cipher = new Cipher(readKey(() => readDataKey(settings)))
  const { text, isSealed: wasSealed } = readKey(() => readSecretFile(cipher, file))
  if (wasSealed) throw new StartProblem(`${file} 已经是加密的，没有改动。`)
  const sealed = sealSecret(cipher, text)
  // Before the plain one goes.
  if (openSecret(cipher, sealed) !== text) throw new Error('the sealed key is not the key')
  write(target, sealed)
  process.stdout.write(
    inPlace
      ? `✓ ${target} 已加密（主密钥 ${dataKeyPlace(settings)}）。内容没有变，正在运行的网关不受影响。\n`
      : `✓ 已写到 ${target}（主密钥 ${dataKeyPlace(settings)}）。把配置改成它，重启网关，确认能用之后删除明文 ${resolve(file)}。\n`,
  )
}

function targetOf(file: string, to: string | undefined, inPlace: boolean): string {
  if (inPlace && to !== undefined) throw new StartProblem('--to 和 --in-place 只用一个。')
  if (inPlace) return resolve(file)
  if (to === undefined) throw new StartProblem('请用 --to 指出写到哪个文件，或用 --in-place 写回同一个文件。')
  if (resolve(to) === resolve(file)) throw new StartProblem('要写回同一个文件，请用 --in-place。')
  if (existsSync(to)) throw new StartProblem(`已经有 ${to}，没有写。换一个名字，或先把它移走。`)
  return resolve(to)
}

/** What a person can mend is told without a stack. */
function readKey<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new StartProblem((error as Error).message)
  }
}

function write(target: string, sealed: string): void {
  try {
    writeSecretFile(target, sealed)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw new StartProblem(
      `写不了 ${target}（${code}）：请确认目录存在，并且执行的用户能写。什么都没有改动。`,
    )
  }
}
