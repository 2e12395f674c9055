// What commands have in common.
import { Command } from 'commander';
import type { Common } from '../open.ts';
import { sayFailure } from '../say.ts';

/** A command with the options that all have, whose failures are sentences. */
export const command = (parent: Command, usage: string, description: string): Command =>
  parent.command(usage).description(description).option('--json', 'one JSON object a line, for programs');

export const onDemo = (it: Command): Command => it.option('--demo', 'the demo network instead of the real one');

/** Runs `act` of a file that is loaded now. */
export const run =
  <Args extends unknown[]>(act: (...args: Args) => Promise<unknown>) =>
  async (...args: Args) => {
    const options = args.findLast((it) => it instanceof Command) as unknown as Command;
    try {
      await act(...args);
    } catch (error) {
      process.exitCode = sayFailure(options.opts<Common>().json === true, error);
    }
  };

/** One that judges a log by what its reader trusts. */
export const trusting = (it: Command): Command =>
  it
    .requiredOption('--policy <file>', 'C2SP tlog-policy: which logs, which witnesses, how many of them')
    .option('--producers <file>', 'public keys of producers, one a line: every batch must be signed by one of them');

/** A log at a URL gives its entries only to parties that have a key for it. */
export const copying = (it: Command): Command =>
  it.option('--api-key-file <file>', 'API key with the scope "mirror", for a log at a URL');
