#!/usr/bin/env node
// Plain JavaScript, so that an old Node.js gets a sentence instead of a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `zhangyi 需要 Node.js 22.18 或更新的版本（现在是 ${process.versions.node}）。在仓库里请用 npm start / npm run zhangyi。\n`,
  )
  process.exit(1)
}
const { main } = await import('./main.ts')
await main(process.argv)
