// What the books say and what the twin says.
import type { Command } from 'commander';
import { command, onDemo, run } from './command.ts';
import { instantGiven, number, percent, wholeNumber } from './values.ts';

export function lookCommands(program: Command): void {
  onDemo(
    command(
      program,
      'audit',
      'Check every invariant of the books; exit 1 when something is found, 3 when the chain cannot be asked',
    ),
  )
    .option(
      '--rpc <url>',
      'JSON-RPC address of the chain that mirrors title and anchors the log; CHAIN_RPC when absent',
    )
    .option(
      '--contracts <file>',
      'as chain deploy wrote it; CHAIN_DEPLOYMENT or chain.json in the data folder when absent',
    )
    .option('--addresses <file>', 'JSON of party id and address, as given to chain title')
    .action(run(async (options) => (await import('../audit.ts')).auditNow(options)));

  const report = program.command('report').description('What the books say, summed up');
  onDemo(command(report, 'property', 'Profit and loss by party: income of swaps, cost of energy, fees, packs'))
    .option('--from <instant>', 'from when; 30 days before the end when absent', instantGiven)
    .option('--to <instant>', 'until when; now when absent', instantGiven)
    .option('--csv', 'as a file of comma-separated values')
    .action(run(async (options) => (await import('../report.ts')).reportProperty(options)));

  const swap = program.command('swap').description('Look at swaps');
  onDemo(command(swap, 'show <id>', 'One swap with its steps, packs, checks, bill and problems')).action(
    run(async (id, options) => (await import('../swap.ts')).showSwap(id, options)),
  );

  const twin = program.command('twin').description('Ask the digital twin of packs; all it says is simulated');
  command(twin, 'what-if', 'How packs would fade under a duty and a charge policy: curves with bands')
    .requiredOption('--model <id>', 'ageing model; `packloop twin models` lists them')
    .requiredOption('--duty <duty>', 'taxi, family, cold, hot or storage')
    .option('--years <n>', 'how long', number(0.25), 10)
    .option('--packs <n>', 'of so many packs the bands are made, 20 at least', wholeNumber(20), 300)
    .option('--seed <n>', 'other packs of the same kind', wholeNumber(0), 1)
    .option('--climate <id>', 'mild, cold or hot; the duty’s own when absent')
    .option('--charge-to <percent>', 'how full packs are handed out', percent)
    .option('--return-at <percent>', 'at what charge they come back', percent)
    .option('--charge-rate <C>', 'charging power over capacity, in 1/h', number(0))
    .option('--storage-soc <percent>', 'at what charge they wait', percent)
    .option('--knee <cycles>', 'assume a knee at so many full cycles; none when absent', number(1))
    .action(run(async (options) => (await import('../twin.ts')).showWhatIf(options)));
  command(twin, 'models', 'The ageing models, and what each was measured on').action(
    run(async (options) => (await import('../twin.ts')).listModels(options)),
  );
}
