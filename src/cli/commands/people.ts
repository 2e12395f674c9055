// Keys and people, and how they are forgotten.
import type { Command } from 'commander';
import { roles } from '../../party/words.ts';
import { command, onDemo, run } from './command.ts';
import { emailAddress, list, nameGiven, oneOf } from './values.ts';

export function peopleCommands(program: Command): void {
  const key = program.command('key').description('API keys');
  onDemo(command(key, 'create', 'Make an API key; it is shown this once'))
    .requiredOption('--name <name>', 'whose it is', nameGiven)
    .requiredOption('--scopes <scopes>', 'read, operate, register, drive, mirror, admin; separated by commas', list)
    .option('--party <id>', 'the organisation whose key it is; the platform’s when absent')
    .action(run(async (options) => (await import('../key.ts')).createKey(options)));
  onDemo(command(key, 'list', 'All API keys, without their secrets')).action(
    run(async (options) => (await import('../key.ts')).listKeys(options)),
  );
  onDemo(command(key, 'revoke <id>', 'End an API key')).action(
    run(async (id, options) => (await import('../key.ts')).endKey(id, options)),
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
    .action(run(async (options) => (await import('../person.ts')).addOne(options)));
  onDemo(command(person, 'list', 'Everybody who can sign in')).action(
    run(async (options) => (await import('../person.ts')).listPeople(options)),
  );
  onDemo(
    command(person, 'reset-password <email>', 'Give somebody a one-time password and end all their sessions'),
  ).action(run(async (email, options) => (await import('../person.ts')).resetPassword(email, options)));
  onDemo(command(person, 'lock <email>', 'Lock somebody out on every device'))
    .option('--unlock', 'let them in again')
    .action(run(async (email, options) => (await import('../person.ts')).lock(email, options)));

  onDemo(command(program, 'erase <who>', 'Forget a person who asked for it, for ever: by email'))
    .option('--driver', 'who is the id of a driver')
    .requiredOption('--reason <text>', 'kept in the record, without who it was')
    .option('--settled', 'money that is open was paid out or collected')
    .action(run(async (who, options) => (await import('../erase.ts')).eraseOne(who, options)));
}
