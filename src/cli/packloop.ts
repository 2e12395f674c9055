// packloop: the command line. Each command is a file beside this one, loaded when it is called.
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { makeFolder } from '../folder.ts';
import { MODES as modes } from '../health/estimators/cells/cycle.ts';
import { roles } from '../party/words.ts';
import type { Common } from './open.ts';
import { sayFailure } from './say.ts';

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

const number = (least: number) => (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least))
    throw new InvalidArgumentError(`a number of at least ${least} is needed`);
  return value;
};
const wholeNumber = (least: number) => (text: string) => {
  const value = number(least)(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('a whole number is needed');
  return value;
};
const percent = (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 100))
    throw new InvalidArgumentError('a percentage from 0 to 100 is needed');
  return value;
};
/** What a server takes as CLOCK_SPEED. */
const speed = (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 1 && value <= 10_000))
    throw new InvalidArgumentError('a number from 1 to 10000 is needed: simulated seconds in a second');
  return value;
};
const portNumber = (text: string) => {
  const value = wholeNumber(0)(text);
  if (value > 65_535) throw new InvalidArgumentError('a port is a number from 0 to 65535');
  return value;
};
const list = (text: string) => text.split(',').map((it) => it.trim());
const oneOf = (known: readonly string[]) => (text: string) => {
  if (!known.includes(text)) throw new InvalidArgumentError(`there are ${known.join(', ')}`);
  return text;
};
const instantGiven = (text: string): Temporal.Instant => {
  try {
    return Temporal.Instant.from(text);
  } catch {
    throw new InvalidArgumentError('an instant such as 2026-11-22T08:00:00Z is needed');
  }
};
const emailAddress = (text: string) => {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) throw new InvalidArgumentError('an email address is needed');
  return text;
};
const nameGiven = (text: string) => {
  if (text.trim() === '') throw new InvalidArgumentError('a name is not blank');
  return text.trim();
};
const repeated = (text: string, before: readonly string[]) => [...before, text];

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

/** A command with the options that all have, whose failures are sentences. */
const command = (parent: Command, usage: string, description: string): Command =>
  parent.command(usage).description(description).option('--json', 'one JSON object a line, for programs');

const onDemo = (it: Command): Command => it.option('--demo', 'the demo network instead of the real one');

/** Runs `act` of a file that is loaded now. */
const run =
  <Args extends unknown[]>(act: (...args: Args) => Promise<unknown>) =>
  async (...args: Args) => {
    const options = args.findLast((it) => it instanceof Command) as unknown as Command;
    try {
      await act(...args);
    } catch (error) {
      process.exitCode = sayFailure(options.opts<Common>().json === true, error);
    }
  };

command(program, 'up', 'Run the server: HTTP, OCPP 2.1, jobs')
  .option('--port <port>', 'HTTP and OCPP; 0 takes any free one', portNumber)
  .option('--host <host>', 'address to listen on')
  .action(run(async (options) => (await import('./up.ts')).up(options)));

command(program, 'demo', 'Run the simulated network delta-12: embedded database, server, simulator')
  .option('--speed <n>', 'simulated seconds in a second, from 1 to 10000', speed, 20)
  .option('--seed <n>', 'another network of the same kind', wholeNumber(0))
  .option(
    '--property <structure>',
    'how packs are owned at entering: maker, bank, joint or a file; all three when absent',
  )
  .option('--fresh', 'forget the demo network that is there and make it anew')
  .option('--chain', 'with a chain of its own (anvil), on which the log is anchored and title is mirrored')
  .option('--port <port>', 'HTTP and OCPP; 0 takes any free one', portNumber)
  .option(
    '--fault <fault>',
    'NAME:option=value,… (repeatable): what goes wrong, such as cut:seconds=600 or short:ohm=10; see simulator/README.md',
    repeated,
    [],
  )
  .action(run(async (options) => (await import('./demo.ts')).demo(options)));

onDemo(command(program, 'sim <roster>', 'Run simulated stations and vehicles against a server'))
  .option('--speed <n>', 'simulated seconds in a second; the server’s when absent', speed)
  .option('--seed <n>', 'another run of the same network', wholeNumber(0))
  .option('--stations <ids>', 'only these, separated by commas')
  .option('--ca <file>', 'PEM file: who signs the server’s certificate, for wss:// (security profile 2)')
  .option('--cert <file>', 'PEM file: a station’s own certificate (profile 3); {id} stands for the station')
  .option('--key <file>', 'PEM file: its key; {id} as in --cert')
  .option(
    '--fault <fault>',
    'NAME:option=value,… (repeatable): what goes wrong, such as cut:seconds=600 or short:ohm=10; see simulator/README.md',
    repeated,
    [],
  )
  .action(run(async (roster, options) => (await import('./sim.ts')).sim(roster, options)));

const imports = program.command('import').description('Bring in lists from elsewhere');
onDemo(
  command(imports, 'stations <file>', 'Register the stations of a CSV file: all of them, or none and what is wrong'),
)
  .option('--preset <id>', 'kind of all stations; by their number of chargers when absent')
  .option('--operator <id>', 'who runs them; registered when new', 'imported')
  .option('--region <code>', 'the region in which all of them lie, such as CN-GD-SZ')
  .option('--stock', 'with made-up packs in their slots (simulated)')
  .option('--vehicles <n>', 'with so many made-up vehicles (simulated)', wholeNumber(0), 0)
  .option('--seed <n>', 'for what is made up', wholeNumber(0), 1)
  .option('--server <url>', 'where the simulator will find the server', 'http://127.0.0.1:8080')
  .option(
    '--out <file>',
    'roster for `packloop sim`, with the stations’ passwords; roster.json in DATA_DIR when absent',
  )
  .action(run(async (file, options) => (await import('./importStations.ts')).importStations(file, options)));

onDemo(
  command(
    program,
    'audit',
    'Check every invariant of the books; exit 1 when something is found, 3 when the chain cannot be asked',
  ),
)
  .option('--rpc <url>', 'JSON-RPC address of the chain that mirrors title and anchors the log; CHAIN_RPC when absent')
  .option(
    '--contracts <file>',
    'as chain deploy wrote it; CHAIN_DEPLOYMENT or chain.json in the data folder when absent',
  )
  .option('--addresses <file>', 'JSON of party id and address, as given to chain title')
  .action(run(async (options) => (await import('./audit.ts')).auditNow(options)));

const report = program.command('report').description('What the books say, summed up');
onDemo(command(report, 'property', 'Profit and loss by party: income of swaps, cost of energy, fees, packs'))
  .option('--from <instant>', 'from when; 30 days before the end when absent', instantGiven)
  .option('--to <instant>', 'until when; now when absent', instantGiven)
  .option('--csv', 'as a file of comma-separated values')
  .action(run(async (options) => (await import('./report.ts')).reportProperty(options)));

const swap = program.command('swap').description('Look at swaps');
onDemo(command(swap, 'show <id>', 'One swap with its steps, packs, checks, bill and problems')).action(
  run(async (id, options) => (await import('./swap.ts')).showSwap(id, options)),
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
  .action(run(async (options) => (await import('./twin.ts')).showWhatIf(options)));
command(twin, 'models', 'The ageing models, and what each was measured on').action(
  run(async (options) => (await import('./twin.ts')).listModels(options)),
);

const key = program.command('key').description('API keys');
onDemo(command(key, 'create', 'Make an API key; it is shown this once'))
  .requiredOption('--name <name>', 'whose it is', nameGiven)
  .requiredOption('--scopes <scopes>', 'read, operate, register, drive, mirror, admin; separated by commas', list)
  .option('--party <id>', 'the organisation whose key it is; the platform’s when absent')
  .action(run(async (options) => (await import('./key.ts')).createKey(options)));
onDemo(command(key, 'list', 'All API keys, without their secrets')).action(
  run(async (options) => (await import('./key.ts')).listKeys(options)),
);
onDemo(command(key, 'revoke <id>', 'End an API key')).action(
  run(async (id, options) => (await import('./key.ts')).endKey(id, options)),
);

const person = program.command('person').description('People who sign in');
onDemo(command(person, 'add', 'Make an account; its one-time password is shown this once'))
  .requiredOption('--email <email>', 'by which they sign in', emailAddress)
  .requiredOption('--name <name>', 'as others see it', nameGiven)
  .option('--role <role>', `${roles.join(', ')}`, oneOf(roles), 'admin')
  .option('--party <id>', 'the organisation; the platform when absent')
  .option('--regions <regions>', 'only there, separated by commas', list)
  .option('--stations <ids>', 'only these, separated by commas', list)
  .option('--driver <id>', 'as whom a driver swaps')
  .action(run(async (options) => (await import('./person.ts')).addOne(options)));
onDemo(command(person, 'list', 'Everybody who can sign in')).action(
  run(async (options) => (await import('./person.ts')).listPeople(options)),
);
onDemo(
  command(person, 'reset-password <email>', 'Give somebody a one-time password and end all their sessions'),
).action(run(async (email, options) => (await import('./person.ts')).resetPassword(email, options)));
onDemo(command(person, 'lock <email>', 'Lock somebody out on every device'))
  .option('--unlock', 'let them in again')
  .action(run(async (email, options) => (await import('./person.ts')).lock(email, options)));

onDemo(command(program, 'erase <who>', 'Forget a person who asked for it, for ever: by email'))
  .option('--driver', 'who is the id of a driver')
  .requiredOption('--reason <text>', 'kept in the record, without who it was')
  .option('--settled', 'money that is open was paid out or collected')
  .action(run(async (who, options) => (await import('./erase.ts')).eraseOne(who, options)));

const health = program.command('health').description('State of health and remaining life: train, judge, estimate');
const onData = (it: Command): Command =>
  it
    .requiredOption('--data <dir>', 'folder with one CSV file for each cell, and dataset.json')
    .requiredOption('--split <file>', 'JSON file: which cells of each group are for training and which for the test')
    .option('--dataset <file>', 'the groups of the data, when not dataset.json in the folder');
command(health, 'sample', 'Write made-up cells with their split, to try the other commands on')
  .requiredOption('--out <dir>', 'an empty folder, or one to be made')
  .option('--cells <n>', 'how many', wholeNumber(5), 20)
  .option('--charges <n>', 'about so many in a life', wholeNumber(60), 150)
  .option('--seed <n>', 'other cells of the same kind', wholeNumber(0), 1)
  .action(run(async (options) => (await import('./health/sample.ts')).sample(options)));
onData(command(health, 'train', 'Train a model of each group; the same data give the same bytes'))
  .requiredOption('--out <model>', 'where the model goes')
  .option('--synthetic', 'the data are made up: say so in the model')
  .action(run(async (options) => (await import('./health/train.ts')).train(options)));
onData(command(health, 'eval', 'Score a model on test cells it has never seen, beside what needs no model'))
  .requiredOption('--model <model>', 'as trained')
  .action(run(async (options) => (await import('./health/eval.ts')).evalModel(options)));
command(health, 'predict <file>', 'Estimate each charge of one cell, with intervals')
  .requiredOption('--model <model>', 'as trained')
  .option('--group <name>', 'the group the cell is of, when the model has several')
  .option('--mode <mode>', 'what is known of its capacity: none, commissioned, retested', oneOf(modes), 'none')
  .option(
    '--onnx-runtime <dir>',
    'where onnxruntime-node or onnxruntime-web is installed, for a model that ends in .onnx',
  )
  .action(run(async (file, options) => (await import('./health/predict.ts')).predict(file, options)));

const registry = health
  .command('registry')
  .description('Which model speaks, which is tried beside it, and the way back');
const onShelf = (it: Command): Command => it.requiredOption('--dir <dir>', 'folder of models with their registry');
const byOrder = (it: Command): Command =>
  onShelf(it)
    .requiredOption('--why <reason>', 'kept with the step', nameGiven)
    .option('--by <name>', 'who decides', nameGiven, 'command line');
onShelf(command(registry, 'list', 'The model that speaks, its shadow, and every step so far')).action(
  run(async (options) => (await import('./health/registry.ts')).listModels(options)),
);
byOrder(command(registry, 'shadow <model>', 'Let a model estimate beside the live one; nobody acts on it')).action(
  run(async (model, options) => (await import('./health/registry.ts')).shadowModel(model, options)),
);
byOrder(command(registry, 'promote', 'Let the shadow speak, if it did no worse on cells that neither has seen'))
  .option('--data <dir>', 'cells to compare the two on: needed when a model speaks already')
  .option('--split <file>', 'which of them are test cells')
  .option('--dataset <file>', 'the groups of the data, when not dataset.json in the folder')
  .option('--mode <mode>', 'what is known of capacity: none, commissioned, retested', oneOf(modes), 'none')
  .action(run(async (options) => (await import('./health/registry.ts')).promoteModel(options)));
byOrder(command(registry, 'rollback', 'Let the model speak again that spoke before')).action(
  run(async (options) => (await import('./health/registry.ts')).rollBackModel(options)),
);
onShelf(command(registry, 'drift', 'Does a model still fit the charges it is asked about? Exit 1 when one does not'))
  .requiredOption('--decisions <file>', 'what was said: the lines of `packloop health predict --json`')
  .option('--tests <file>', 'capacities measured since, one JSON object a line: file, cycle, capacityAh')
  .option('--last <n>', 'so many charges of each model, the last ones', wholeNumber(1), 1000)
  .action(run(async (options) => (await import('./health/drift.ts')).drift(options)));
command(health, 'warn <file>', 'The risk of packs from sessions told as JSON lines: calm, inspect or stop, and why')
  .option('--thresholds <file>', 'other limits than those that come with the program')
  .action(run(async (file, options) => (await import('./warn.ts')).warn(file, options)));

const passport = program.command('passport').description('Battery passports');
onDemo(command(passport, 'credential <code>', 'Sign that the health of a pack is at least so much, without the rest'))
  .option('--at-least <percent>', '50 to 95 in steps of 5', wholeNumber(0), 80)
  .option('--out <file>', 'where it goes; the screen when absent')
  .option('--days <n>', 'how long it is valid', wholeNumber(1), 30)
  .option('--issuer <name>', 'who signs', nameGiven, 'packloop')
  .option('--all', 'with everything it says, for the holder to choose from')
  .option('--holder <file>', 'public key of the holder, PEM: nobody else can show it then')
  .action(run(async (code, options) => (await import('./passport.ts')).issue(code, options)));
command(passport, 'present <file>', 'Show some claims of a credential, and that it is yours; offline')
  .requiredOption('--claims <names>', 'such as code,soh_at_least_80')
  .option('--holder-key <file>', 'private key of the holder, PEM')
  .option('--audience <name>', 'to whom it is shown', nameGiven)
  .option('--nonce <text>', 'what the verifier asked to be signed', nameGiven)
  .option('--out <file>', 'where it goes; the screen when absent')
  .action(run(async (file, options) => (await import('./passport.ts')).present(file, options)));
onDemo(command(passport, 'revoke <file>', 'Revoke a credential because its holder asks')).action(
  run(async (file, options) => (await import('./passport.ts')).revoke(file, options)),
);
onDemo(command(passport, 'status', 'Write the list of revoked credentials, signed for two days'))
  .option('--out <file>', 'where it goes', 'packloop-status.txt')
  .action(run(async (options) => (await import('./passport.ts')).writeStatus(options)));

command(program, 'witness', 'Cosign the checkpoints of logs: a small process that each party runs for itself')
  .requiredOption('--dir <dir>', 'key, memory and evidence of the witness; made when new')
  .requiredOption('--log <origin=key>', 'a log to watch and its public key (repeatable)', repeated, [])
  .option('--port <port>', '0 takes any free one', portNumber, 0)
  .option('--host <host>', 'address to listen on', '127.0.0.1')
  .option('--name <name>', 'key name of a new witness; the name of the folder when absent', nameGiven)
  .action(run(async (options) => (await import('./witness.ts')).runWitness(options)));
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
  .action(run(async (options) => (await import('./platform.ts')).runPlatform(options)));
const trusting = (it: Command): Command =>
  it
    .requiredOption('--policy <file>', 'C2SP tlog-policy: which logs, which witnesses, how many of them')
    .option('--producers <file>', 'public keys of producers, one a line: every batch must be signed by one of them');
/** A log at a URL gives its entries only to parties that have a key for it. */
const copying = (it: Command): Command =>
  it.option('--api-key-file <file>', 'API key with the scope "mirror", for a log at a URL');
copying(trusting(command(program, 'mirror', 'Keep a verified copy of a log; only what is new is fetched')))
  .requiredOption('--from <place>', 'URL or folder of the log')
  .requiredOption('--dir <dir>', 'where the copy lies')
  .action(run(async (options) => (await import('./mirror.ts')).mirror(options)));
const verify = program.command('verify').description('Check what a log says, trusting nobody but a policy; offline');
trusting(command(verify, 'receipt <file>', 'One entry: that it is in the log, who cosigned, what it discloses'))
  .option('--entry <file>', 'the entry, when the receipt does not enclose it')
  .action(run(async (file, options) => (await import('./verify.ts')).checkReceipt(file, options)));
trusting(command(verify, 'checkpoint <file>', 'That a log signed it and enough witnesses cosigned')).action(
  run(async (file, options) => (await import('./verify.ts')).checkCheckpoint(file, options)),
);
copying(
  trusting(command(verify, 'mirror <place>', 'A whole log in a folder or at a URL: every file, chain, seal and head')),
).action(run(async (place, options) => (await import('./verify.ts')).checkMirror(place, options)));
copying(trusting(command(verify, 'pack <code>', 'All that happened to a pack, and that nothing is left out')))
  .requiredOption('--mirror <place>', 'folder or URL of the log')
  .action(run(async (code, options) => (await import('./verify.ts')).checkPack(code, options)));
copying(trusting(command(verify, 'anchor <checkpoint>', 'That a chain knew a checkpoint, and since which block')))
  .addOption(new Option('--rpc <url>', 'JSON-RPC address of the chain').env('CHAIN_RPC').makeOptionMandatory())
  .option('--contracts <file>', 'as deploy wrote it; chain.json in the data folder when absent')
  .option('--mirror <place>', 'folder or URL of the log: for a checkpoint between two that are anchored')
  .action(run(async (file, options) => (await import('./chainVerify.ts')).checkAnchor(file, options)));
command(verify, 'credential <file>', 'What a holder shows of a pack: who signed it, and what it says')
  .requiredOption('--key <file>', 'public key of the issuer, PEM')
  .option('--status <place>', 'file or URL of the issuer’s status list; without it the status is not checked')
  .option('--audience <name>', 'who asks: the holder must prove that it is his', nameGiven)
  .option('--nonce <text>', 'what he was asked to sign', nameGiven)
  .action(run(async (file, options) => (await import('./passport.ts')).check(file, options)));
trusting(
  command(verify, 'history <file>', 'All events of a pack as its network proves them, without a copy of the log'),
).action(run(async (file, options) => (await import('./verify.ts')).checkHistory(file, options)));
trusting(
  command(verify, 'answer <file>', 'What a network says of a pack to anybody: who signed it, on which log it rests'),
)
  .addHelpText(
    'after',
    '\n<file> is the JSON as GET /v1/public/health hands it out, or the text of its "note" alone.\nNeeds --producers: what the network publishes at /log/producers.',
  )
  .action(run(async (file, options) => (await import('./verify.ts')).checkAnswer(file, options)));
trusting(
  command(
    verify,
    'handover <file>',
    'A certificate: that both sides signed this state of a pack, and its history up to there',
  ),
)
  .requiredOption('--keys <file>', 'who signs with which key, an organisation and its key on each line')
  .action(run(async (file, options) => (await import('./verifyHandover.ts')).checkHandover(file, options)));
command(verify, 'page', 'The verifier as a page: one file that works offline in any browser')
  .option('--out <file>', 'where it goes', 'packloop-verifier.html')
  .action(run(async (options) => (await import('./verifyPage.ts')).writePage(options)));

const log = program.command('log').description('Keys with which batches of the log are sealed');
onDemo(command(log, 'keys', 'Whose keys count, since and until when')).action(
  run(async (options) => (await import('./log.ts')).listKeys(options)),
);
onDemo(command(log, 'rotate', 'Go on with the next key of this network; the one before is revoked in the log'))
  .option('--why <text>', 'as it will stand in the log', 'rotated')
  .action(run(async (options) => (await import('./log.ts')).rotate(options)));
command(log, 'key', 'Make the key of a producer elsewhere; its public half is to be admitted by POST /v1/log/producers')
  .requiredOption('--name <name>', 'of the producer, such as gateway.example/7', nameGiven)
  .requiredOption('--out <file>', 'where the secret goes, mode 600')
  .action(run(async (options) => (await import('./log.ts')).makeKey(options)));
command(log, 'seal <file>', 'Seal events, one JSON object a line, for POST /v1/log/batches')
  .requiredOption('--key-file <file>', 'of the producer')
  .requiredOption('--log <origin>', 'name of the log')
  .option('--first <n>', 'how many events this producer has sealed before', wholeNumber(0), 0)
  .option('--heads <file>', 'JSON list of answers of GET /log/heads/<subject>')
  .option('--out <file>', 'where it goes; the screen when absent')
  .action(run(async (file, options) => (await import('./log.ts')).seal(file, options)));

const title = program
  .command('title')
  .description('What owners of packs sign: transfers, pledges, leases, votes, offers, restrictions');
command(title, 'key', 'Make the key of an organisation; its public half is to be registered')
  .requiredOption('--name <name>', 'of the key, such as bank.example/title', nameGiven)
  .requiredOption('--out <file>', 'where the secret goes, mode 600')
  .action(run(async (options) => (await import('./title.ts')).makeTitleKey(options)));
command(title, 'sign <file>', 'Sign a statement or a hand-over in JSON, or add a signature to what others signed')
  .requiredOption('--key-file <file>', 'of the organisation')
  .option('--out <file>', 'where the signed note goes; the output when absent')
  .action(run(async (file, options) => (await import('./title.ts')).signStatement(file, options)));

const chain = program
  .command('chain')
  .description('A chain as notary of the log and mirror of title; the log never waits for it');
const onChain = (it: Command): Command =>
  it
    .addOption(new Option('--rpc <url>', 'JSON-RPC address of the chain').env('CHAIN_RPC').makeOptionMandatory())
    .option('--contracts <file>', 'as deploy wrote it; chain.json in the data folder when absent');
const signing = (it: Command): Command =>
  it.option('--key-file <file>', 'key that signs, mode 600; chain.key in the data folder when absent, made when new');
const address = (text: string) => {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) throw new InvalidArgumentError('0x and 40 hexadecimal digits are needed');
  return text;
};
command(chain, 'local', 'A chain to try things on, on this machine: anvil')
  .option('--port <port>', 'where it answers', portNumber, 8545)
  .option('--dir <dir>', 'where it keeps what stands on it; it forgets all when absent')
  .action(run(async (options) => (await import('./chainDeploy.ts')).localChain(options)));
signing(command(chain, 'deploy', 'Compile the contracts and put them onto a chain; writes where they are'))
  .addOption(new Option('--rpc <url>', 'JSON-RPC address of the chain').env('CHAIN_RPC').makeOptionMandatory())
  .option('--log <origin>', 'a log that the key may anchor (repeatable)', repeated, [])
  .option('--file <file>', 'where the addresses go; chain.json in the data folder when absent')
  .action(run(async (options) => (await import('./chainDeploy.ts')).deployContracts(options)));
signing(onChain(command(chain, 'member', 'Let somebody anchor a log, or no longer')))
  .requiredOption('--log <origin>', 'which log')
  .requiredOption('--address <address>', 'who', address)
  .option('--remove', 'no longer')
  .action(run(async (options) => (await import('./chainDeploy.ts')).setOneMember(options)));
copying(
  signing(
    onChain(
      command(chain, 'anchor <place>', 'Anchor the newest checkpoint: of a file, or of a log in a folder or at a URL'),
    ),
  ),
)
  .requiredOption('--policy <file>', 'C2SP tlog-policy: only what it accepts is anchored')
  .option('--follow', 'go on until stopped')
  .option('--every <seconds>', 'at most one anchor in this time', number(0), 60)
  .action(run(async (place, options) => (await import('./chainAnchor.ts')).anchor(place, options)));
onChain(command(chain, 'status', 'Where the contracts are and what stands there of these logs'))
  .option('--log <origin>', 'which (repeatable)', repeated, [])
  .action(run(async (options) => (await import('./chainAnchor.ts')).status(options)));
onDemo(signing(onChain(command(chain, 'title', 'Bring the mirror of title on the chain into step with the register'))))
  .option('--check', 'only compare; exit 1 when a share differs')
  .option('--addresses <file>', 'JSON: addresses of parties that have one of their own')
  .action(run(async (options) => (await import('./chainTitle.ts')).mirrorTitle(options)));

// Whoever reads may have read enough (`| head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 0);
});
await program.parseAsync();
