// A chain as notary and mirror.
import { type Command, Option } from 'commander';
import { command, copying, onDemo, run } from './command.ts';
import { address, number, portNumber, repeated } from './values.ts';

export function chainCommands(program: Command): void {
  const chain = program
    .command('chain')
    .description('A chain as notary of the log and mirror of title; the log never waits for it');
  const onChain = (it: Command): Command =>
    it
      .addOption(new Option('--rpc <url>', 'JSON-RPC address of the chain').env('CHAIN_RPC').makeOptionMandatory())
      .option('--contracts <file>', 'as deploy wrote it; chain.json in the data folder when absent');
  const signing = (it: Command): Command =>
    it.option('--key-file <file>', 'key that signs, mode 600; chain.key in the data folder when absent, made when new');
  command(chain, 'local', 'A chain to try things on, on this machine: anvil')
    .option('--port <port>', 'where it answers', portNumber, 8545)
    .option('--dir <dir>', 'where it keeps what stands on it; it forgets all when absent')
    .action(run(async (options) => (await import('../chainDeploy.ts')).localChain(options)));
  signing(command(chain, 'deploy', 'Compile the contracts and put them onto a chain; writes where they are'))
    .addOption(new Option('--rpc <url>', 'JSON-RPC address of the chain').env('CHAIN_RPC').makeOptionMandatory())
    .option('--log <origin>', 'a log that the key may anchor (repeatable)', repeated, [])
    .option('--file <file>', 'where the addresses go; chain.json in the data folder when absent')
    .action(run(async (options) => (await import('../chainDeploy.ts')).deployContracts(options)));
  signing(onChain(command(chain, 'member', 'Let somebody anchor a log, or no longer')))
    .requiredOption('--log <origin>', 'which log')
    .requiredOption('--address <address>', 'who', address)
    .option('--remove', 'no longer')
    .action(run(async (options) => (await import('../chainDeploy.ts')).setOneMember(options)));
  copying(
    signing(
      onChain(
        command(
          chain,
          'anchor <place>',
          'Anchor the newest checkpoint: of a file, or of a log in a folder or at a URL',
        ),
      ),
    ),
  )
    .requiredOption('--policy <file>', 'C2SP tlog-policy: only what it accepts is anchored')
    .option('--follow', 'go on until stopped')
    .option('--every <seconds>', 'at most one anchor in this time', number(0), 60)
    .action(run(async (place, options) => (await import('../chainAnchor.ts')).anchor(place, options)));
  onChain(command(chain, 'status', 'Where the contracts are and what stands there of these logs'))
    .option('--log <origin>', 'which (repeatable)', repeated, [])
    .action(run(async (options) => (await import('../chainAnchor.ts')).status(options)));
  onDemo(
    signing(onChain(command(chain, 'title', 'Bring the mirror of title on the chain into step with the register'))),
  )
    .option('--check', 'only compare; exit 1 when a share differs')
    .option('--addresses <file>', 'JSON: addresses of parties that have one of their own')
    .action(run(async (options) => (await import('../chainTitle.ts')).mirrorTitle(options)));
}
