// Verifying, for whoever trusts nobody.
import { type Command, Option } from 'commander';
import { command, copying, run, trusting } from './command.ts';
import { nameGiven } from './values.ts';

export function verifyCommands(program: Command): void {
  const verify = program.command('verify').description('Check what a log says, trusting nobody but a policy; offline');
  trusting(command(verify, 'receipt <file>', 'One entry: that it is in the log, who cosigned, what it discloses'))
    .option('--entry <file>', 'the entry, when the receipt does not enclose it')
    .action(run(async (file, options) => (await import('../verify.ts')).checkReceipt(file, options)));
  trusting(command(verify, 'checkpoint <file>', 'That a log signed it and enough witnesses cosigned')).action(
    run(async (file, options) => (await import('../verify.ts')).checkCheckpoint(file, options)),
  );
  copying(
    trusting(
      command(verify, 'mirror <place>', 'A whole log in a folder or at a URL: every file, chain, seal and head'),
    ),
  ).action(run(async (place, options) => (await import('../verify.ts')).checkMirror(place, options)));
  copying(trusting(command(verify, 'pack <code>', 'All that happened to a pack, and that nothing is left out')))
    .requiredOption('--mirror <place>', 'folder or URL of the log')
    .action(run(async (code, options) => (await import('../verify.ts')).checkPack(code, options)));
  copying(trusting(command(verify, 'anchor <checkpoint>', 'That a chain knew a checkpoint, and since which block')))
    .addOption(new Option('--rpc <url>', 'JSON-RPC address of the chain').env('CHAIN_RPC').makeOptionMandatory())
    .option('--contracts <file>', 'as deploy wrote it; chain.json in the data folder when absent')
    .option('--mirror <place>', 'folder or URL of the log: for a checkpoint between two that are anchored')
    .action(run(async (file, options) => (await import('../chainVerify.ts')).checkAnchor(file, options)));
  command(verify, 'credential <file>', 'What a holder shows of a pack: who signed it, and what it says')
    .requiredOption('--key <file>', 'public key of the issuer, PEM')
    .option('--status <place>', 'file or URL of the issuer’s status list; without it the status is not checked')
    .option('--audience <name>', 'who asks: the holder must prove that it is his', nameGiven)
    .option('--nonce <text>', 'what he was asked to sign', nameGiven)
    .action(run(async (file, options) => (await import('../passport.ts')).check(file, options)));
  trusting(
    command(verify, 'history <file>', 'All events of a pack as its network proves them, without a copy of the log'),
  ).action(run(async (file, options) => (await import('../verify.ts')).checkHistory(file, options)));
  trusting(
    command(verify, 'answer <file>', 'What a network says of a pack to anybody: who signed it, on which log it rests'),
  )
    .addHelpText(
      'after',
      '\n<file> is the JSON as GET /v1/public/health hands it out, or the text of its "note" alone.\nNeeds --producers: what the network publishes at /log/producers.',
    )
    .action(run(async (file, options) => (await import('../verify.ts')).checkAnswer(file, options)));
  trusting(
    command(
      verify,
      'handover <file>',
      'A certificate: that both sides signed this state of a pack, and its history up to there',
    ),
  )
    .requiredOption('--keys <file>', 'who signs with which key, an organisation and its key on each line')
    .action(run(async (file, options) => (await import('../verifyHandover.ts')).checkHandover(file, options)));
  command(verify, 'page', 'The verifier as a page: one file that works offline in any browser')
    .option('--out <file>', 'where it goes', 'packloop-verifier.html')
    .action(run(async (options) => (await import('../verifyPage.ts')).writePage(options)));
}
