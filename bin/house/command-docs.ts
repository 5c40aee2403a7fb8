import { Command } from 'commander'

/** The page of every command of the command line, from its own help. */
export async function commandDocs(): Promise<string> {
  const program = await buildProgram()
  const sections = [program, ...commandsBelow(program)].map(describe)
  return `# The command line

Written from the help of \`bin/xinheng\` itself; a test proves that it agrees. Options of \`xinheng\`
alone are understood by every command.

${sections.join('\n')}`
}

/** Loads the command line without running it: the program is caught where it would be parsed. */
async function buildProgram(): Promise<Command> {
  const parse = Command.prototype.parseAsync
  let caught: Command | undefined
  Command.prototype.parseAsync = async function (this: Command) {
    caught = this
    return this
  }
  try {
    await import('#server/cli.ts')
  } finally {
    Command.prototype.parseAsync = parse
  }
  if (!caught) throw new Error('server/cli.ts parsed no program.')
  return caught
}

function commandsBelow(command: Command): Command[] {
  const known = [...command.commands].sort((a, b) => (a.name() < b.name() ? -1 : 1))
  return known.flatMap((child) => [child, ...commandsBelow(child)])
}

function describe(command: Command): string {
  // The help adapts to the terminal, a page has one width.
  command.configureOutput({ getOutHelpWidth: () => 100, getOutHasColors: () => false })
  const own = command.parent === null ? {} : { showGlobalOptions: false }
  command.configureHelp({ ...command.configureHelp(), ...own })
  return `## ${pathOf(command)}\n\n\`\`\`text\n${command.helpInformation().trimEnd()}\n\`\`\`\n`
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()
}
