import { HOUR_MS, type HospitalId, MINUTE_MS } from '@zhangyi/core'
import type { Tx } from '../database/tx.ts'
import { ownTopic } from '../live/topics.ts'
import { type ExportRow, exportTables, pieceContext } from './export-row.ts'
import type { ExportsWorkRoom } from './room.ts'

/** Between two signs of life; after a crash another process begins the file anew that much later. */
export const LEASE_MS = 2 * MINUTE_MS
export const MOST_TRIES = 3
const AGAIN_AFTER_MS = 10_000

/** It was cancelled, or another process took it over. */
export class NoLongerOurs extends Error {
  override readonly name = 'NoLongerOurs'
}

/** One try at one file: what it stores counts only as long as it is the try that has the export. */
export class ExportInWork {
  readonly #room: ExportsWorkRoom
  readonly #hospital: HospitalId
  readonly #row: ExportRow
  #bytes = 0
  #pieces = 0

  constructor(room: ExportsWorkRoom, hospital: HospitalId, row: ExportRow) {
    this.#room = room
    this.#hospital = hospital
    this.#row = row
  }

  /** What a try before this one left goes away. */
  async begin(): Promise<void> {
    await this.#inTx(async (tx) => {
      await this.#change(tx, { state: 'working', rows_done: 0, bytes_done: 0, ...this.#alive() })
      tx.later(
        exportTables(tx)
          .deleteFrom('console_export_piece')
          .where('hospital_id', '=', tx.hospitalId)
          .where('export_id', '=', this.#row.id),
      )
    })
  }

  async goOn(rows: number): Promise<void> {
    await this.#inTx((tx) => this.#change(tx, { rows_done: rows, ...this.#alive() }))
  }

  async keep(content: Buffer, rows: number): Promise<void> {
    await this.#store(content, { rows_done: rows, ...this.#alive() })
  }

  async finish(content: Buffer, rows: number, isCut: boolean): Promise<void> {
    await this.#store(content, {
      state: 'done',
      rows_done: rows,
      is_cut: isCut,
      problem: null,
      ...this.#over(),
    })
  }

  /** Once more a little later, as long as there are tries. */
  async fail(problem: string): Promise<void> {
    const isLast = this.#row.tries >= MOST_TRIES
    await this.#inTx((tx) =>
      this.#change(
        tx,
        isLast
          ? { state: 'failed', problem, ...this.#over() }
          : { state: 'waiting', problem, next_action_at_ms: this.#room.clock.nowMs() + AGAIN_AFTER_MS },
      ),
    )
  }

  async #store(content: Buffer, changes: Changes): Promise<void> {
    const { id } = this.#row
    const [place, bytes] = [this.#pieces, this.#bytes + content.length]
    await this.#inTx(async (tx) => {
      await this.#change(tx, { ...changes, bytes_done: bytes })
      tx.later(
        exportTables(tx)
          .insertInto('console_export_piece')
          .values({
            ...{ hospital_id: tx.hospitalId, export_id: id, place },
            content: this.#room.cipher.seal(content, pieceContext(id, place)),
          }),
      )
    })
    this.#pieces = place + 1
    this.#bytes = bytes
  }

  #alive() {
    return { next_action_at_ms: this.#room.clock.nowMs() + LEASE_MS }
  }

  #over() {
    const nowMs = this.#room.clock.nowMs()
    const keptMs = this.#room.settings.exportKeepHours * HOUR_MS
    return { finished_at_ms: nowMs, next_action_at_ms: nowMs + keptMs }
  }

  #inTx(fn: (tx: Tx) => Promise<void>): Promise<void> {
    return this.#room.database.inTransaction(this.#hospital, fn)
  }

  async #change(tx: Tx, changes: Changes): Promise<void> {
    const changed = await exportTables(tx)
      .updateTable('console_export')
      .set(changes)
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', this.#row.id)
      .where('tries', '=', this.#row.tries)
      .where('state', 'in', ['waiting', 'working'])
      .returning('id')
      .execute()
    if (changed.length === 0) throw new NoLongerOurs()
    tx.changed(ownTopic('exports', this.#row.account_id))
  }
}

type Changes = Partial<Omit<ExportRow, 'filters'>>
