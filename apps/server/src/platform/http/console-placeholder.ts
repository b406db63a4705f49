import type { Http } from './build-http.ts'

const PAGE = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>运营后台</title><style>body{font:17px/1.6 system-ui,sans-serif;max-width:36em;margin:15vh auto;padding:0 1em;color:#13201f}a{color:#0b6e69}</style>
<main><h1>运营后台还没有随这个版本提供</h1><p>患者端在 <a href="/h5/">/h5/</a>，接口文档在 <a href="/docs">/docs</a>。</p></main></html>`

/** `/console/` is a fixed address from the first version on; the console itself comes later. */
export function installConsolePlaceholder(http: Http): void {
  http.get('/console', { schema: { hide: true } }, (_request, reply) => reply.redirect('/console/'))
  http.get('/console/', { schema: { hide: true } }, (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(PAGE),
  )
}
