import { ExchangeFailure, MALFORMED } from '../call/exchange-failure.ts'

/** What a reply is read as: objects and lists of texts, numbers, booleans. XML becomes the same. */
export type Tree = unknown

/**
 * The member at `A.B.C`. A list on the way stands for its only element: what is one object today is a list of one
 * from another version of the HIS. Blank texts and empty tags are absent.
 */
export function readPath(tree: Tree, path: string): Tree {
  let here = tree
  for (const name of path.split('.')) {
    here = onlyOf(here, path)
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined
    here = (here as Readonly<Record<string, Tree>>)[name]
  }
  return isBlank(here) ? undefined : here
}

/** The rows at a path: a list, one row without a list around it, or nothing. */
export function readRows(tree: Tree, path: string): readonly Tree[] {
  const names = path.split('.')
  const last = names.pop() ?? ''
  // `<Rows/>` before `Row`: the container of no rows is a blank.
  const container = names.length === 0 ? tree : readPath(tree, names.join('.'))
  if (container === undefined) return []
  const rows = readPath(Array.isArray(container) ? onlyOf(container, path) : container, last)
  if (rows === undefined) return []
  return (Array.isArray(rows) ? rows : [rows]).filter((row) => !isBlank(row))
}

function onlyOf(tree: Tree, path: string): Tree {
  if (!Array.isArray(tree)) return tree
  if (tree.length > 1) throw new ExchangeFailure(MALFORMED, `${path}: several where one is expected`)
  return tree[0]
}

function isBlank(tree: Tree): boolean {
  return tree === undefined || tree === null || (typeof tree === 'string' && tree.trim() === '')
}
