import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Whole or not at all, also when the machine stops meanwhile: beside it first, then in its place. Only its owner may read. */
export function writeSecretFile(file: string, text: string): void {
  // A link stays one: what it points to is changed.
  const target = existsSync(file) ? realpathSync(file) : file
  const fresh = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`)
  try {
    const handle = openSync(fresh, 'wx', 0o600)
    try {
      writeSync(handle, `${text}\n`)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    keepOwner(target, fresh)
    renameSync(fresh, target)
  } finally {
    rmSync(fresh, { force: true })
  }
  syncFolder(dirname(target))
}

/** Root who seals a file of the gateway's user would lock the gateway out. */
function keepOwner(former: string, fresh: string): void {
  if (process.getuid?.() !== 0 || !existsSync(former)) return
  const { uid, gid } = statSync(former)
  chownSync(fresh, uid, gid)
}

function syncFolder(folder: string): void {
  // Windows opens no folder.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
