// Keys of the log.
import type { Command } from 'commander';
import { command, onDemo, run } from './command.ts';
import { inSm2, nameGiven, wholeNumber } from './values.ts';

export function logCommands(program: Command): void {
  const log = program.command('log').description('Keys with which batches of the log are sealed');
  onDemo(command(log, 'keys', 'Whose keys count, since and until when')).action(
    run(async (options) => (await import('../log.ts')).listKeys(options)),
  );
  onDemo(command(log, 'rotate', 'Go on with the next key of this network; the one before is revoked in the log'))
    .option('--why <text>', 'as it will stand in the log', 'rotated')
    .action(run(async (options) => (await import('../log.ts')).rotate(options)));
  command(
    log,
    'key',
    'Make the key of a producer elsewhere; its public half is to be admitted by POST /v1/log/producers',
  )
    .requiredOption('--name <name>', 'of the producer, such as gateway.example/7', nameGiven)
    .requiredOption('--out <file>', 'where the secret goes, mode 600')
    .option(...inSm2)
    .action(run(async (options) => (await import('../log.ts')).makeKey(options)));
  command(log, 'seal <file>', 'Seal events, one JSON object a line, for POST /v1/log/batches')
    .requiredOption('--key-file <file>', 'of the producer')
    .requiredOption('--log <origin>', 'name of the log')
    .option('--first <n>', 'how many events this producer has sealed before', wholeNumber(0), 0)
    .option('--heads <file>', 'JSON list of answers of GET /log/heads/<subject>')
    .option('--out <file>', 'where it goes; the screen when absent')
    .action(run(async (file, options) => (await import('../log.ts')).seal(file, options)));
}
