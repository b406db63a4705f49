import { createPublicKey, type KeyObject, sign } from 'node:crypto'

/** The smallest self-signed X.509 v3 certificate that Node reads, as PEM. Tests only. */
export function selfSignedCertificate(privateKey: KeyObject, serialHex: string): string {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from('test')))))
  const validity = sequence(time('20250101000000Z'), time('20491231235959Z'))
  const version = der(0xa0, der(0x02, Buffer.from([2])))
  // A leading zero keeps a serial with its highest bit set positive.
  const serial = der(0x02, Buffer.from(`00${serialHex}`, 'hex'))
  const algorithm = sequence(oid('2a864886f70d01010b'), der(0x05, Buffer.alloc(0)))
  const body = sequence(version, serial, algorithm, name, validity, name, spki)
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]))
  const base64 = sequence(body, algorithm, signature).toString('base64')
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----\n`
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), content])
  const size = Buffer.from(length.toString(16).padStart(length > 255 ? 4 : 2, '0'), 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, content])
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, Buffer.concat(parts))
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const time = (text: string) => der(0x18, Buffer.from(text))
