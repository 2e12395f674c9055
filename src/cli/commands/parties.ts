// Small processes that other parties run: a witness, a public platform, a mirror.
import type { Command } from 'commander';
import { command, copying, run, trusting } from './command.ts';
import { nameGiven, portNumber, repeated, wholeNumber } from './values.ts';

export function partiesCommands(program: Command): void {
  command(program, 'witness', 'Cosign the checkpoints of logs: a small process that each party runs for itself')
    .requiredOption('--dir <dir>', 'key, memory and evidence of the witness; made when new')
    .requiredOption('--log <origin=key>', 'a log to watch and its public key (repeatable)', repeated, [])
    .option('--port <port>', '0 takes any free one', portNumber, 0)
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--name <name>', 'key name of a new witness; the name of the folder when absent', nameGiven)
    .action(run(async (options) => (await import('../witness.ts')).runWitness(options)));
  command(
    program,
    'platform',
    'Run a public platform to try reports on: it checks them, signs receipts, and fails as told',
  )
    .requiredOption('--dir <dir>', 'its key and what it has received; made when new')
    .option('--operator <key>', 'public key of an operator whose reports it takes (repeatable)', repeated, [])
    .option('--name <name>', 'key name of the platform', nameGiven, 'platform.example')
    .option('--port <port>', '0 takes any free one', portNumber, 0)
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option(
      '--fault <faults>',
      'KIND=RATE,…: how often what goes wrong, such as busy=0.1,stored-error=0.05; see docs/regulator.md',
      '',
    )
    .option('--seed <n>', 'other faults of the same rates', wholeNumber(0), 1)
    .action(run(async (options) => (await import('../platform.ts')).runPlatform(options)));
  copying(trusting(command(program, 'mirror', 'Keep a verified copy of a log; only what is new is fetched')))
    .requiredOption('--from <place>', 'URL or folder of the log')
    .requiredOption('--dir <dir>', 'where the copy lies')
    .action(run(async (options) => (await import('../mirror.ts')).mirror(options)));
}
