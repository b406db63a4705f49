import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Where a simulator keeps what it knows, so that a restart of the sandbox finds cards and archives again. */
export interface Store<T> {
  load(): T | undefined
  save(state: T): void
}

/** One JSON file, replaced as a whole: a kill in the middle leaves the state before. */
export function fileStore<T>(file: string): Store<T> {
  return {
    load: () => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined),
    save: (state) => {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(`${file}.new`, JSON.stringify(state))
      renameSync(`${file}.new`, file)
    },
  }
}

export function memoryStore<T>(): Store<T> {
  let kept: string | undefined
  return {
    load: () => (kept === undefined ? undefined : (JSON.parse(kept) as T)),
    save: (state) => {
      kept = JSON.stringify(state)
    },
  }
}
