// Battery passports and the credentials made of them.
import { type Command, InvalidArgumentError } from 'commander';
import { command, onDemo, run } from './command.ts';
import { nameGiven, wholeNumber } from './values.ts';

export function passportCommands(program: Command): void {
  const passport = program.command('passport').description('Battery passports');
  onDemo(command(passport, 'credential <code>', 'Sign that the health of a pack is at least so much, without the rest'))
    .option('--at-least <percent>', '50 to 95 in steps of 5', wholeNumber(0), 80)
    .option('--out <file>', 'where it goes; the screen when absent')
    .option('--days <n>', 'how long it is valid', days, 30)
    .option('--issuer <name>', 'who signs', nameGiven, 'packloop')
    .option('--all', 'with everything it says, for the holder to choose from')
    .option('--holder <file>', 'public key of the holder, PEM: nobody else can show it then')
    .action(run(async (code, options) => (await import('../passport.ts')).issue(code, options)));
  command(passport, 'present <file>', 'Show some claims of a credential, and that it is yours; offline')
    .requiredOption('--claims <names>', 'such as code,soh_at_least_80')
    .option('--holder-key <file>', 'private key of the holder, PEM')
    .option('--audience <name>', 'to whom it is shown', nameGiven)
    .option('--nonce <text>', 'what the verifier asked to be signed', nameGiven)
    .option('--out <file>', 'where it goes; the screen when absent')
    .action(run(async (file, options) => (await import('../passport.ts')).present(file, options)));
  onDemo(command(passport, 'revoke <file>', 'Revoke a credential because its holder asks')).action(
    run(async (file, options) => (await import('../passport.ts')).revoke(file, options)),
  );
  onDemo(command(passport, 'status', 'Write the list of revoked credentials, signed for two days'))
    .option('--out <file>', 'where it goes', 'packloop-status.txt')
    .action(run(async (options) => (await import('../passport.ts')).writeStatus(options)));
}

/** A credential says what was measured once: ten years are more than anybody believes it. */
function days(text: string): number {
  const value = wholeNumber(1)(text);
  if (value > 3650) throw new InvalidArgumentError('from 1 to 3650 days');
  return value;
}
