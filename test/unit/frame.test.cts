import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chosenNames } from '../../scripts/lib/chosen.cts';
import { REPOSITORY } from '../../scripts/lib/package.cts';
import { exitCodeOf, type PartedRun } from '../frame/parts.cts';

const cache = mkdtempSync(join(tmpdir(), 'eyun-frame-'));
const before = process.env.XDG_CACHE_HOME;
let printed: string[] = [];

beforeAll(() => {
	process.env.XDG_CACHE_HOME = cache;
});

beforeEach(() => {
	printed = [];
	const print = (line: unknown) => void printed.push(String(line));
	jest.spyOn(console, 'log').mockImplementation(print);
	jest.spyOn(console, 'error').mockImplementation(print);
});

afterEach(() => void jest.restoreAllMocks());

afterAll(() => {
	if (before === undefined) delete process.env.XDG_CACHE_HOME;
	else process.env.XDG_CACHE_HOME = before;
	rmSync(cache, { recursive: true, force: true });
});

type Options = { n8n: { type: 'string' } };

/** A run of three parts, the second of which fails before its first check; notes what is done. */
function threeParts(done: string[]): PartedRun<() => Promise<void>, Options> {
	return {
		folder: 'frame',
		parts: {
			one: async () => void done.push('one'),
			two: async () => await Promise.reject(new Error('no way into the second')),
			three: async () => void done.push('three'),
		},
		options: { n8n: { type: 'string' } },
		async perform({ checks, folder, options, each }) {
			writeFileSync(join(folder, 'log'), '');
			await checks.run(`n8n ${options.n8n ?? 'as pinned'}`, async () => undefined);
			await each(async (part) => await part());
		},
	};
}

const data = () => existsSync(join(cache, 'n8n-nodes-eyun', 'frame'));

it('performs all parts, and goes on behind one that fails as a whole', async () => {
	const done: string[] = [];
	expect(await exitCodeOf(threeParts(done), [])).toBe(1);
	expect(done).toEqual(['one', 'three']);
	expect(printed.at(-1)).toBe('1 passed, 1 failed');
	expect(printed.join('\n')).toMatch(/^FAIL {2}two .*\n.*no way into the second/m);
	expect(data()).toBe(true);
});

it('performs the parts that are named, in their own order, and leaves nothing behind', async () => {
	const done: string[] = [];
	expect(await exitCodeOf(threeParts(done), ['three', '--n8n', '2.0.3', 'one'])).toBe(0);
	expect(done).toEqual(['one', 'three']);
	expect(printed[0]).toMatch(/^ok {4}n8n 2\.0\.3 /);
	expect(printed.at(-1)).toBe('1 passed, 0 failed');
	expect(data()).toBe(false);
});

it.each([
	[['four'], 'There is no part "four". There are one, two, three'],
	[['one', 'Two'], 'There is no part "Two". There are one, two, three'],
	[['--ui'], "Unknown option '--ui'"],
])('refuses %j before anything is started', async (args, message) => {
	const done: string[] = [];
	expect(await exitCodeOf(threeParts(done), args)).toBe(2);
	expect(done).toEqual([]);
	expect(printed.join()).toContain(message);
});

it('says of a check that makes something that it is not made', async () => {
	const failing: PartedRun<undefined, Options> = {
		...threeParts([]),
		parts: {},
		async perform({ checks }) {
			const made = await checks.make('n8n', async () => await Promise.reject(new Error('no port')));
			expect(made).toBeUndefined();
		},
	};
	expect(await exitCodeOf(failing, [])).toBe(1);
	expect(printed.at(-1)).toBe('0 passed, 1 failed');
});

it('takes a name that is given twice once', () => {
	expect(chosenNames(['b', 'b'], ['a', 'b'])).toEqual(['b']);
});

it.each(['e2e', 'queue', 'ui'])('%s names its parts when it is asked for another', async (name) => {
	const command = ['-r', 'tsx/cjs', join('test', name, 'run.cts'), 'nonsense'];
	const ended = promisify(execFile)(process.execPath, command, { cwd: REPOSITORY });
	await expect(ended).rejects.toMatchObject({
		code: 2,
		stdout: '',
		stderr: expect.stringMatching(/^There is no part "nonsense". There are \w+(, \w+){8,}\n$/),
	});
});
