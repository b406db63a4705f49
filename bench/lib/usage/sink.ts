import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { APP, APP_TOKEN } from './report.ts'

/**
 * The minimal platform: checks each signature, written apart from the client's own code, and counts. A process of its
 * own, so that nobody measures it as a part of his.
 */
interface Envelope {
  readonly commonIn: Readonly<Record<string, unknown>>
  readonly req: Readonly<Record<string, unknown>>
}

let received = 0
let newest = 0

const server = createServer((request, response) => {
  void read(request).then((text) => {
    const { commonIn, req } = JSON.parse(text) as Envelope
    const passes = isSigned(commonIn, req)
    const token = request.url?.endsWith('/getAppToken') === true
    if (passes && !token) {
      received++
      newest = Date.now()
    }
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        commonOut: {
          requestId: commonIn['requestId'],
          resultCode: passes ? 0 : -1,
          errMsg: passes ? '成功' : '签名错误',
        },
        rsp: token ? { appToken: APP_TOKEN, expiresIn: 7200 } : { none: '' },
      }),
    )
  })
})
// Longer than any pause between two rounds: a connection that is made anew would be measured.
server.keepAliveTimeout = 600_000

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function isSigned({ sign, ...common }: Envelope['commonIn'], req: Envelope['req']): boolean {
  const members: Readonly<Record<string, unknown>> = { ...common, ...req }
  const text = Object.keys(members)
    .sort()
    .filter((name) => members[name] !== null && String(members[name]).trim() !== '')
    .map((name) => `${name}=${String(members[name])}`)
    .join('&')
  return (
    createHash('sha256')
      .update(text + APP.appSecret)
      .digest('base64') === sign
  )
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined })
})
process.on('message', () => process.send?.({ received, newest }))
process.on('disconnect', () => process.exit(0))
