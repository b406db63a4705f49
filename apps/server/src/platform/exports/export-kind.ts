import type { z } from 'zod'
import type { Tx } from '../database/tx.ts'
import type { Permission } from '../operators/access/permissions.ts'
import type { Cell, ExportColumn } from './files/cell.ts'

/** The rows after one, or the first ones. */
export interface PageAfter<Row> {
  readonly after: Row | undefined
  readonly limit: number
}

/** A table that may be taken out of the console; the room whose rows they are makes it. */
export interface ExportKind<Filters, Row> {
  /** As the page's list is called: `calls`. */
  readonly name: string
  /** What it is, also the name of the file. */
  readonly zh: string
  /** To ask for it, and again to take it. What it shows unmasked, this permission must say. */
  readonly permission: Permission
  readonly columns: readonly ExportColumn[]
  /** As texts, the ones of the list's own search. Nothing personal: they stand in the audit. */
  readonly filters: z.ZodType<Filters>
  /** Nobody takes it without saying what for. */
  readonly needsReason?: true
  /** There are rows of the installation, too: accounts belong to no hospital. */
  readonly ofInstallation?: true
  /** In the list's order, those after a row; by its index, as pages are. */
  read(tx: Tx, filters: Filters, page: PageAfter<Row>): Promise<readonly Row[]>
  cells(row: Row): readonly Cell[]
}

/** One kind among others, whose rows only itself knows. */
export interface AnyExportKind extends Omit<ExportKind<never, never>, 'filters' | 'read' | 'cells'> {
  /** Throws `bad-input`'s cause: the schema's own error. */
  readonly filters: z.ZodType
  /** Batches of `size` rows as cells, each read by itself; ends after `most` rows. */
  batches(
    inTx: <T>(fn: (tx: Tx) => Promise<T>) => Promise<T>,
    filters: unknown,
    limits: { readonly size: number; readonly most: number },
  ): AsyncGenerator<readonly (readonly Cell[])[]>
}

export function exportKind<Filters, Row>(kind: ExportKind<Filters, Row>): AnyExportKind {
  const { read, cells, ...known } = kind
  return {
    ...known,
    async *batches(inTx, wished, { size, most }) {
      const filters = kind.filters.parse(wished)
      let after: Row | undefined
      for (let given = 0; given < most; ) {
        const [from, limit] = [after, Math.min(size, most - given)]
        const rows = await inTx((tx) => read(tx, filters, { after: from, limit }))
        if (rows.length > 0) yield rows.map((row) => cells(row))
        given += rows.length
        after = rows.at(-1)
        if (rows.length < limit) return
      }
    },
  }
}
