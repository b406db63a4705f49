import { badInput } from '../errors/catalogue.ts'
import type { Http } from './build-http.ts'

/** What a form of ours sent: texts by name. A file that was chosen is its text; one that was not is an empty text. */
export type Form = ReadonlyMap<string, string>

const MOST_FIELDS = 500

/** For the routes of pages without scripts; together with `formOf`. */
export function acceptForms(http: Http): void {
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data'])
    http.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

/** Throws `bad-input` for a body that no form makes. */
export function formOf(body: unknown, contentType: string | undefined): Form {
  if (!Buffer.isBuffer(body)) throw notAForm()
  const boundary = /^multipart\/form-data;.*\bboundary="?([^";]{1,70})"?/.exec(contentType ?? '')?.[1]
  const fields =
    boundary === undefined ? [...new URLSearchParams(body.toString('utf8'))] : partsOf(body, boundary)
  if (fields.length > MOST_FIELDS) throw notAForm()
  return new Map(fields)
}

function partsOf(body: Buffer, boundary: string): readonly (readonly [string, string])[] {
  const mark = Buffer.from(`--${boundary}`)
  const fields: (readonly [string, string])[] = []
  for (let start = body.indexOf(mark); start >= 0; ) {
    const end = body.indexOf(mark, start + mark.length)
    if (end < 0) return fields
    const part = body.subarray(start + mark.length + 2, end - 2)
    const split = part.indexOf('\r\n\r\n')
    const name = /\bname="([^"]{1,100})"/.exec(part.subarray(0, Math.max(0, split)).toString('utf8'))?.[1]
    if (name === undefined) throw notAForm()
    fields.push([name, textOf(part.subarray(split + 4))])
    start = end
  }
  throw notAForm()
}

/** A Chinese spreadsheet saves a table as GBK unless it is asked not to. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

function notAForm() {
  return badInput({ field: 'body', message: '没有读懂这个表单，请返回页面再提交一次' })
}
