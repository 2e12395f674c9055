// The network itself: the server, the demo, the simulator, lists from elsewhere.
import type { Command } from 'commander';
import { command, onDemo, run } from './command.ts';
import { portNumber, repeated, speed, wholeNumber } from './values.ts';

export function networkCommands(program: Command): void {
  command(program, 'up', 'Run the server: HTTP, OCPP 2.1, jobs')
    .option('--port <port>', 'HTTP and OCPP; 0 takes any free one', portNumber)
    .option('--host <host>', 'address to listen on')
    .action(run(async (options) => (await import('../up.ts')).up(options)));

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
    .action(run(async (options) => (await import('../demo.ts')).demo(options)));

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
    .action(run(async (roster, options) => (await import('../sim.ts')).sim(roster, options)));

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
    .action(run(async (file, options) => (await import('../importStations.ts')).importStations(file, options)));
}
