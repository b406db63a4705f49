// Types as `tsc` checks them, and one thing that it does not: a promise that nobody waits for. In a transaction such a
// statement would run after the commit, or never. `node scripts/check-types.mjs [tsconfig.json]`: another project than the
// first checks what it names and what it imports, without what the first one names and checks already.

import ts from 'typescript'

const host = {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: (problem) => {
    throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'))
  },
}
const FIRST = 'tsconfig.json'
const read = (project) => ts.getParsedCommandLineOfConfigFile(project, {}, host)
const project = process.argv[2] ?? FIRST
const config = read(project)
const elsewhere = new Set(project === FIRST ? [] : read(FIRST).fileNames)
const program = ts.createProgram(config.fileNames, config.options)
const checker = program.getTypeChecker()
const named = new Set(config.fileNames)
const files = program
  .getSourceFiles()
  .filter(({ isDeclarationFile, fileName }) => !isDeclarationFile && !fileName.includes('/node_modules/'))
  .filter(({ fileName }) => named.has(fileName) || !elsewhere.has(fileName))
const problems = [
  ...[...config.errors, ...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()],
  ...files.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]),
]
if (problems.length > 0)
  console.error(
    ts.formatDiagnosticsWithColorAndContext(problems, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: ts.sys.getCurrentDirectory,
      getNewLine: () => '\n',
    }),
  )

const floating = files.flatMap((file) => floatingIn(file))
for (const one of floating) console.error(`${one}：没有人等它；加 await，确实不等就写 void 并说明为什么`)
process.exit(problems.length + floating.length > 0 ? 1 : 0)

function floatingIn(file) {
  const found = []
  const visit = (node) => {
    if (
      ts.isExpressionStatement(node) &&
      ts.isCallExpression(node.expression) &&
      isPromise(node.expression)
    ) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart())
      found.push(`${file.fileName}:${line + 1} ${node.expression.expression.getText().slice(-60)}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** One that ends in `.catch(…)` is answered for; Fastify's own objects only look like promises. */
function isPromise(call) {
  const called = call.expression
  if (ts.isPropertyAccessExpression(called) && ['catch', 'then'].includes(called.name.text)) return false
  const type = checker.getTypeAtLocation(call)
  const types = type.isUnion() ? type.types : [type]
  return types.some(({ symbol }) => symbol?.name === 'Promise')
}
