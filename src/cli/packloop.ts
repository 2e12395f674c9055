// packloop: the command line. Each command is a file beside this one, loaded when it is called; what each takes stands in commands/.
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { makeFolder } from '../folder.ts';
import { chainCommands } from './commands/chain.ts';
import { healthCommands } from './commands/health.ts';
import { logCommands } from './commands/log.ts';
import { lookCommands } from './commands/look.ts';
import { networkCommands } from './commands/network.ts';
import { partiesCommands } from './commands/parties.ts';
import { passportCommands } from './commands/passport.ts';
import { peopleCommands } from './commands/people.ts';
import { titleCommands } from './commands/title.ts';
import { verifyCommands } from './commands/verify.ts';

const home = resolve(process.env.DATA_DIR || '.packloop');
try {
  // Only where there are data already: a command that just looks, or helps, makes nothing.
  if (existsSync(home)) {
    makeFolder(join(home, 'compiled'));
    enableCompileCache(join(home, 'compiled'));
  }
} catch {
  // slower, and said where the data cannot be kept either
}

const isJson = process.argv.includes('--json');
const wrongUsage = (text: string): string => {
  const error = text.replace(/^error: /, '').trim();
  return isJson ? `${JSON.stringify({ error })}\n` : `packloop: ${error}\n`;
};

const program = new Command('packloop')
  .description(
    'Runs battery-sharing networks for electric vehicles. Settings come from the environment, see README.md.',
  )
  .showHelpAfterError(isJson ? false : '(packloop help COMMAND tells more)')
  .configureOutput({
    outputError: (text, write) => (isJson ? process.stdout.write(wrongUsage(text)) : write(wrongUsage(text))),
  })
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

for (const add of [
  networkCommands,
  lookCommands,
  peopleCommands,
  healthCommands,
  passportCommands,
  partiesCommands,
  verifyCommands,
  logCommands,
  titleCommands,
  chainCommands,
])
  add(program);

// Whoever reads may have read enough (`| head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 0);
});
await program.parseAsync();
