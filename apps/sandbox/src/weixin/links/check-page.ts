import { WeixinRefusal } from '../errcodes.ts'
import type { WeixinSettings } from '../platform.ts'

const PAGE_FORM = /^(pages(-\w+)?|subpackages|pkg[\w-]*)(\/[\w-]+)+$/

/** Throws `WeixinRefusal` 41030 unless the page is published: no leading slash, no query. */
export function checkPage({ publishedPages }: WeixinSettings, page: string): void {
  const published = publishedPages === undefined ? PAGE_FORM.test(page) : publishedPages.includes(page)
  if (!published) throw new WeixinRefusal(41030)
}
