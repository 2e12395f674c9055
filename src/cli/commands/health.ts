// Health of packs: models, estimates, early warning.
import type { Command } from 'commander';
import { MODES as modes } from '../../health/estimators/cells/cycle.ts';
import { command, run } from './command.ts';
import { nameGiven, oneOf, wholeNumber } from './values.ts';

export function healthCommands(program: Command): void {
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
    .action(run(async (options) => (await import('../health/sample.ts')).sample(options)));
  onData(command(health, 'train', 'Train a model of each group; the same data give the same bytes'))
    .requiredOption('--out <model>', 'where the model goes')
    .option('--synthetic', 'the data are made up: say so in the model')
    .action(run(async (options) => (await import('../health/train.ts')).train(options)));
  onData(command(health, 'eval', 'Score a model on test cells it has never seen, beside what needs no model'))
    .requiredOption('--model <model>', 'as trained')
    .action(run(async (options) => (await import('../health/eval.ts')).evalModel(options)));
  command(health, 'predict <file>', 'Estimate each charge of one cell, with intervals')
    .requiredOption('--model <model>', 'as trained')
    .option('--group <name>', 'the group the cell is of, when the model has several')
    .option('--mode <mode>', 'what is known of its capacity: none, commissioned, retested', oneOf(modes), 'none')
    .option(
      '--onnx-runtime <dir>',
      'where onnxruntime-node or onnxruntime-web is installed, for a model that ends in .onnx',
    )
    .action(run(async (file, options) => (await import('../health/predict.ts')).predict(file, options)));

  const registry = health
    .command('registry')
    .description('Which model speaks, which is tried beside it, and the way back');
  const onShelf = (it: Command): Command => it.requiredOption('--dir <dir>', 'folder of models with their registry');
  const byOrder = (it: Command): Command =>
    onShelf(it)
      .requiredOption('--why <reason>', 'kept with the step', nameGiven)
      .option('--by <name>', 'who decides', nameGiven, 'command line');
  onShelf(command(registry, 'list', 'The model that speaks, its shadow, and every step so far')).action(
    run(async (options) => (await import('../health/registry.ts')).listModels(options)),
  );
  byOrder(command(registry, 'shadow <model>', 'Let a model estimate beside the live one; nobody acts on it')).action(
    run(async (model, options) => (await import('../health/registry.ts')).shadowModel(model, options)),
  );
  byOrder(command(registry, 'promote', 'Let the shadow speak, if it did no worse on cells that neither has seen'))
    .option('--data <dir>', 'cells to compare the two on: needed when a model speaks already')
    .option('--split <file>', 'which of them are test cells')
    .option('--dataset <file>', 'the groups of the data, when not dataset.json in the folder')
    .option('--mode <mode>', 'what is known of capacity: none, commissioned, retested', oneOf(modes), 'none')
    .action(run(async (options) => (await import('../health/registry.ts')).promoteModel(options)));
  byOrder(command(registry, 'rollback', 'Let the model speak again that spoke before')).action(
    run(async (options) => (await import('../health/registry.ts')).rollBackModel(options)),
  );
  onShelf(command(registry, 'drift', 'Does a model still fit the charges it is asked about? Exit 1 when one does not'))
    .requiredOption('--decisions <file>', 'what was said: the lines of `packloop health predict --json`')
    .option('--tests <file>', 'capacities measured since, one JSON object a line: file, cycle, capacityAh')
    .option('--last <n>', 'so many charges of each model, the last ones', wholeNumber(1), 1000)
    .action(run(async (options) => (await import('../health/drift.ts')).drift(options)));
  command(health, 'warn <file>', 'The risk of packs from sessions told as JSON lines: calm, inspect or stop, and why')
    .option('--thresholds <file>', 'other limits than those that come with the program')
    .action(run(async (file, options) => (await import('../warn.ts')).warn(file, options)));
}
