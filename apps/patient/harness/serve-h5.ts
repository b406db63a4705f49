import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
}
// As strict as the gateway's: a foreign host that slips into the build shows up as a broken page.
const H5_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'"

/** Serves a built H5 under /h5/ as the gateway does: unknown paths get index.html (history router). */
export async function serveH5(dist: string): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname))
    if (!path.startsWith('/h5/')) {
      response.writeHead(404).end()
      return
    }
    const asked = join(dist, path.slice('/h5'.length))
    const file = extname(asked) !== '' && existsSync(asked) ? asked : join(dist, 'index.html')
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': H5_CSP,
      'referrer-policy': 'no-referrer',
    })
    response.end(await readFile(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/h5/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
