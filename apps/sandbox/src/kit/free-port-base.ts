import { createServer } from 'node:net'

/** Ports that a sandbox takes after its control port, with room for simulators to come. */
const PORTS_NEEDED = 16
const ATTEMPTS = 50

/** A control port for a test: it and the ports after it are free right now. */
export async function freePortBase(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // Below the range from which the kernel takes ports for outgoing connections, and spread over processes.
    const base = 12_000 + Math.floor(Math.random() * 1_180) * PORTS_NEEDED
    const free = await Promise.all(Array.from({ length: PORTS_NEEDED }, (_, index) => isFree(base + index)))
    if (free.every(Boolean)) return base
  }
  throw new Error(`no ${PORTS_NEEDED} free ports in a row found in ${ATTEMPTS} attempts`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
