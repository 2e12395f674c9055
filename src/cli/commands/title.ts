// What owners sign.
import type { Command } from 'commander';
import { command, run } from './command.ts';
import { inSm2, nameGiven } from './values.ts';

export function titleCommands(program: Command): void {
  const title = program
    .command('title')
    .description('What owners of packs sign: transfers, pledges, leases, votes, offers, restrictions');
  command(title, 'key', 'Make the key of an organisation; its public half is to be registered')
    .requiredOption('--name <name>', 'of the key, such as bank.example/title', nameGiven)
    .requiredOption('--out <file>', 'where the secret goes, mode 600')
    .option(...inSm2)
    .action(run(async (options) => (await import('../title.ts')).makeTitleKey(options)));
  command(title, 'sign <file>', 'Sign a statement or a hand-over in JSON, or add a signature to what others signed')
    .requiredOption('--key-file <file>', 'of the organisation')
    .option('--out <file>', 'where the signed note goes; the output when absent')
    .action(run(async (file, options) => (await import('../title.ts')).signStatement(file, options)));
}
