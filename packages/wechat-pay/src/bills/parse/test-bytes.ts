/** A text as UTF-8 bytes in pieces of `size`, so that lines and characters are cut anywhere. */
export async function* inPieces(content: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array, void> {
  const bytes = Buffer.from(content as string)
  for (let offset = 0; offset < bytes.length; offset += size) yield bytes.subarray(offset, offset + size)
}

/** What reading the whole bill throws. */
export async function failureOf(bill: { batches(): AsyncIterable<unknown> }): Promise<unknown> {
  try {
    for await (const _ of bill.batches());
  } catch (error) {
    return error
  }
  return undefined
}

export async function allOf<Row>(bill: { rows(): AsyncIterable<Row> }): Promise<Row[]> {
  const rows: Row[] = []
  for await (const row of bill.rows()) rows.push(row)
  return rows
}
