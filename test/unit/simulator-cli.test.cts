import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

const start = (...args: string[]): ChildProcess =>
	spawn(process.execPath, ['-r', 'tsx/cjs', join('simulator', 'main.cts'), ...args], {
		cwd: root,
		env: { ...process.env, NODE_OPTIONS: '' },
	});

/** Everything written to a stream until it holds the text, or ends. */
const readUntil = async (stream: NodeJS.ReadableStream | null, text: string): Promise<string> => {
	let all = '';
	for await (const chunk of stream?.setEncoding('utf8') ?? []) {
		all += String(chunk);
		if (all.includes(text)) break;
	}
	return all;
};

describe('npm run simulator', () => {
	it.each([
		[['--port', 'abc'], '--port must be a number'],
		[['--prot', '1'], '--prot'],
		[['--token', 'x'], '--token must be one of changing, permanent'],
		[['--refusals', 'x'], '--refusals must be one of told, login, none'],
	])('refuses %j with exit code 2', async (args, text) => {
		const child = start(...args);
		const ended = once(child, 'close');
		expect(await readUntil(child.stderr, 'Usage')).toContain(text);
		expect((await ended)[0]).toBe(2);
	});

	it('prints what one needs to call it, and stops on SIGTERM', async () => {
		const child = start('--port', '0', '--pause-after-failure', '5');
		const ended = once(child, 'close');
		const printed = await readUntil(child.stdout, 'GET /_control/faults');
		const url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? '';
		for (const word of ['Token', 'wId', 'Password', 'wxid_xiaoming00001', '@chatroom']) {
			expect(printed).toContain(word);
		}
		const answer = await fetch(`${url}/_control/state`);
		expect(answer.status).toBe(200);
		await answer.text();
		child.kill('SIGTERM');
		expect((await ended)[0]).toBe(0);
	});
});
