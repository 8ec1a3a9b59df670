/** npm run simulator: the simulator from the command line. */
import { parseArgs } from 'node:util';
import { CONTROL_HELP } from './control/routes.cts';
import { refusalModes, tokenModes } from './options.cts';
import { startSimulator, type Simulator, type SimulatorOptions } from './server.cts';

const USAGE = `Usage: npm run simulator -- [options]

  --port N                 port on 127.0.0.1 (default 18080; 0: any free one)
  --pause-after-failure S  seconds that pushing rests after a failed push (default 600)
  --auto-confirm S         QR logins confirm themselves after so many seconds (default: by /_control/scan)
  --token MODE             what /member/login hands out: changing (default), permanent
  --refusals MODE          how refusals are worded: told (default), login, none (only 失败)
  --strict                 hold callers to the vendor's tables, without tolerances
  --help                   this text
`;

/** Something is wrong with the command line. */
class UsageError extends Error {}

function number(name: string, text: string | undefined, most: number): number | undefined {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (text.trim() === '' || !Number.isFinite(value) || value < 0 || value > most) {
		throw new UsageError(`--${name} must be a number from 0 to ${String(most)}, not "${text}"`);
	}
	return value;
}

/** One of the words, the first when none is given. */
function oneOf<Word extends string>(
	name: string,
	text: string | undefined,
	words: readonly [Word, ...Word[]],
): Word {
	const found = text === undefined ? words[0] : words.find((word) => word === text);
	if (found) return found;
	throw new UsageError(`--${name} must be one of ${words.join(', ')}, not "${String(text)}"`);
}

/** Reads the command line. Throws UsageError; undefined when help is asked for. */
function readOptions(args: string[]): Partial<SimulatorOptions> | undefined {
	const values = parse(args);
	if (values.help) return undefined;
	const port = number('port', values.port, 65_535) ?? 18_080;
	if (!Number.isInteger(port)) throw new UsageError('--port must be a whole number');
	const pause = number('pause-after-failure', values['pause-after-failure'], 86_400);
	const confirm = number('auto-confirm', values['auto-confirm'], 86_400);
	return {
		port,
		strict: values.strict ?? false,
		token: oneOf('token', values.token, tokenModes),
		refusals: oneOf('refusals', values.refusals, refusalModes),
		...(pause === undefined ? {} : { pauseAfterFailureMs: pause * 1000 }),
		...(confirm === undefined ? {} : { autoConfirmMs: confirm * 1000 }),
	};
}

// The return type is what parseArgs infers from the options.
function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			options: {
				port: { type: 'string' },
				'pause-after-failure': { type: 'string' },
				'auto-confirm': { type: 'string' },
				token: { type: 'string' },
				refusals: { type: 'string' },
				strict: { type: 'boolean' },
				help: { type: 'boolean', short: 'h' },
			},
		}).values;
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}

function describe(sim: Simulator): string {
	const { account, password, token, wcId, wId, friends, groups } = sim.defaults;
	const help = Object.entries(CONTROL_HELP)
		.map(([route, text]) => `  ${route.replace(' ', ' /_control/').padEnd(32)} ${text}`)
		.join('\n');
	return `E云 simulator on ${sim.url} (Ctrl+C stops it)

  Base URL    ${sim.url}
  Account     ${account}
  Password    ${password}
  Token       ${token}
  wcId        ${wcId}
  wId         ${wId}
  Friends     ${friends.join(', ')}
  Groups      ${groups.join(', ')}

Let a friend say something:
  curl -X POST ${sim.url}/_control/say -d '{"from":"${friends[0]}","text":"hello"}'

Control interface (JSON in, JSON out):
${help}
`;
}

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	if (!options) {
		process.stdout.write(USAGE);
		return;
	}
	const sim = await startSimulator(options);
	process.stdout.write(describe(sim));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sim.stop());
	}
}

main().catch((error: unknown) => {
	const message = error instanceof Error ? error.message : String(error);
	const usage = error instanceof UsageError;
	const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
	const hint = taken
		? '\nThe port is taken; choose another with --port, or 0 for any free one.'
		: '';
	process.stderr.write(
		usage ? `${message}\n\n${USAGE}` : `The simulator cannot start: ${message}${hint}\n`,
	);
	process.exitCode = usage ? 2 : 1;
});
