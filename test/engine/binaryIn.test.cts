import type { IBinaryKeyData, IExecuteFunctions } from 'n8n-workflow';

import { catalogue } from '../../nodes/Eyun/catalogue';
import type { Field } from '../../nodes/Eyun/catalogue/types';
import { toSignedUrl } from '../../nodes/Eyun/execution/files/delivery';
import { useSimulator } from '../support/useSimulator.cts';
import { inlineFile, openBinaryStore, type BinaryStore } from '../support/binaryStore.cts';
import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode, type NodeRun } from '../support/engine.cts';
import { sampleRequest } from '../support/samples.cts';
import { usedCredentials } from '../support/usedCredentials.cts';

/** Files of the item in the place of web addresses: checked, served by n8n, and what is said when not. */

const simulator = useSimulator({ examples: true, between: 'clearRequests' });
let credentials: TestCredentials;
let store: BinaryStore;

beforeAll(async () => {
	store = await openBinaryStore();
	credentials = await usedCredentials(simulator);
});
afterAll(async () => {
	await store.stop();
});

const field = (value: unknown) => ({ __rl: true, mode: 'binary', value });
const url = (value: unknown) => ({ __rl: true, mode: 'url', value });
const KB = 1024;
const MB = 1024 * KB;
const file = async (bytes: number, name: string, type: string) =>
	await store.put(Buffer.alloc(bytes, name), name, type);

function run(
	resource: string,
	operation: string,
	parameters: object,
	binary: IBinaryKeyData = {},
	more: Partial<NodeRun> = {},
) {
	return runNode({
		credentials,
		binary: [binary],
		...more,
		parameters: { resource, operation, wId: simulator.defaults.wId, ...parameters },
	});
}

const to = { wcId: 'wxid_friend' };
const image = (content: unknown, binary?: IBinaryKeyData, more?: Partial<NodeRun>) =>
	run('message', 'sendImage', { ...to, content }, binary, more);
const received = () => simulator.control.requests()[0].json as Record<string, string>;
const nothingSent = () => expect(simulator.control.requests()).toEqual([]);

describe('a binary field', () => {
	it('becomes an address from which anybody can fetch the file until the link expires', async () => {
		const content = Buffer.from('the picture');
		const picture = await store.put(content, 'a.jpg', 'image/jpeg');
		const result = await image(field('data'), { data: picture });
		expect(jsons(result)).toEqual([expect.objectContaining({ newMsgId: expect.any(String) })]);
		const { content: address } = received();
		expect(address).toMatch(/^http:\/\/127\.0\.0\.1:5678\/rest\/binary-data\/signed\?token=/);
		expect(await store.fetch(address)).toEqual(content);
		const [, payload] = (new URL(address).searchParams.get('token') ?? '').split('.');
		const { iat, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
		expect(exp - iat).toBe(1_800);
	});

	it('may lie inside the item, where n8n cannot serve it: it is stored first', async () => {
		const content = Buffer.from('inline');
		expect((await image(field('x'), { x: inlineFile(content, 'a.png', 'image/png') })).error).toBe(
			undefined,
		);
		expect(await store.fetch(received().content)).toEqual(content);
	});

	it('may be the file itself, from an expression', async () => {
		const data = await file(10, 'a.png', 'image/png');
		expect((await image('={{ $binary.data }}', { data })).error).toBe(undefined);
		expect(await store.fetch(received().content)).toHaveLength(10);
		expect((await image(field('={{ $binary.data }}'), { data })).error).toBe(undefined);
	});

	it('may differ from item to item', async () => {
		const names = ['one.png', 'two.png'];
		const pictures = await Promise.all(names.map((name) => file(3, name, 'image/png')));
		await image(
			field('={{ $json.field }}'),
			{},
			{
				input: [{ field: 'a' }, { field: 'b' }],
				binary: [{ a: pictures[0] }, { b: pictures[1] }],
			},
		);
		const sent = simulator.control
			.requests()
			.map(({ json }) => (json as { content: string }).content);
		expect(await Promise.all(sent.map((address) => store.fetch(address)))).toEqual(
			names.map((name) => Buffer.alloc(3, name)),
		);
	});

	it('that is not there is named, with those that are', async () => {
		const { error } = await image(field('photo'), { data: await file(1, 'a.png', 'image/png') });
		expect(error?.message).toBe(
			'"Image" (content) asks for the binary field "photo", which the item does not have [item 0]',
		);
		expect(error?.description).toBe('The item has: data');
		expect((await image(field('photo'))).error?.description).toContain('carries no file');
		expect((await image(field(' '))).error?.message).toContain('names no binary field');
		nothingSent();
	});
});

describe('several files in one operation', () => {
	it('a video and its cover', async () => {
		const binary = {
			film: await file(5, 'a.mp4', 'video/mp4'),
			cover: await file(6, 'a.jpg', 'image/jpeg'),
		};
		await run(
			'message',
			'sendVideo',
			{ ...to, path: field('film'), thumbPath: field('cover') },
			binary,
		);
		expect(await store.fetch(received().path)).toHaveLength(5);
		expect(await store.fetch(received().thumbPath)).toHaveLength(6);
	});

	it('one from the item and one from the web', async () => {
		const binary = { film: await file(5, 'a.mp4', 'video/mp4') };
		const thumbPath = 'https://example.com/cover.jpg';
		await run(
			'message',
			'sendVideo',
			{ ...to, path: field('film'), thumbPath: url(thumbPath) },
			binary,
		);
		expect(await store.fetch(received().path)).toHaveLength(5);
		expect(received().thumbPath).toBe(thumbPath);
	});

	it('all pictures of a moment, in their order', async () => {
		const binary = {
			a: await file(1, 'a.png', 'image/png'),
			b: await file(2, 'b.png', 'image/png'),
			c: await file(3, 'c.png', 'image/png'),
		};
		const post = (paths: unknown) => run('moment', 'postImages', { content: 'hi', paths }, binary);
		expect((await post(field('c, a,b'))).error).toBe(undefined);
		const sent = received().paths.split(';');
		const sizes = await Promise.all(sent.map(async (one) => (await store.fetch(one)).length));
		expect(sizes).toEqual([3, 1, 2]);
	});
});

describe('plain addresses', () => {
	it.each([
		['as text', 'https://example.com/a.png'],
		['in the mode URL', url(' https://example.com/a.png ')],
	])('go on as before: %s', async (_how, content) => {
		await image(content);
		expect(received().content).toBe('https://example.com/a.png');
	});

	it('several, in the mode URL', async () => {
		const paths = url('https://example.com/a.png; https://example.com/b.png');
		await run('moment', 'postImages', { content: 'hi', paths });
		expect(received().paths).toBe('https://example.com/a.png;https://example.com/b.png');
	});

	it.each([' ', 'data'])('a text that is none is refused: %j', async (text) => {
		expect((await image(url(text))).error?.message).toContain('"Image" (content)');
		nothingSent();
	});
});

describe('the vendor’s limits', () => {
	const limits: Array<[string, string, string, string, string, number, string]> = [
		['message', 'sendVideo', 'thumbPath', 'image/jpeg', 'c.jpg', 50 * KB, '50 KB'],
		['message', 'sendLink', 'thumbUrl', 'image/png', 'c.png', 50 * KB, '50 KB'],
		['message', 'sendMiniProgram', 'thumbUrl', 'image/png', 'c.png', 50 * KB, '50 KB'],
		['message', 'forwardMiniProgram', 'imgUrl', 'image/jpeg', 'c.jpeg', 50 * KB, '50 KB'],
		['moment', 'postImages', 'paths', 'image/png', 'c.png', 3 * MB, '3 MB'],
		['moment', 'postVideo', 'videoPath', 'video/mp4', 'c.mp4', 20 * MB, '20 MB'],
		['moment', 'postVideo', 'thumbPath', 'image/jpeg', 'c.jpg', 2 * MB, '2 MB'],
	];

	function sample(resource: string, operation: string) {
		const found = catalogue
			.find(({ value }) => value === resource)
			?.operations.find(({ value }) => value === operation);
		if (!found) throw new Error(`No ${resource} ${operation}`);
		return sampleRequest(found, 'smallest', { wId: simulator.defaults.wId }).parameters;
	}

	it.each(limits)('%s %s %s', async (resource, operation, name, type, fileName, limit, words) => {
		const send = async (bytes: number) =>
			await run(
				resource,
				operation,
				{ ...sample(resource, operation), [name]: field('data') },
				{ data: await file(bytes, fileName, type) },
			);
		const { error } = await send(limit + 1);
		expect(error?.message).toMatch(
			new RegExp(
				`\\(${name}\\) takes at most ${words}, and the file "data" has \\d+\\.01 .B \\[item 0\\]$`,
			),
		);
		nothingSent();
		expect((await send(limit)).error).toBe(undefined);
		expect(simulator.control.requests()).toHaveLength(1);
	});

	it('are known for files inside the item and for those without a stated size', async () => {
		const cover = inlineFile(Buffer.alloc(50 * KB + 1), 'c.jpg', 'image/jpeg');
		const { bytes, ...stored } = await file(50 * KB + 1, 'c.jpg', 'image/jpeg');
		expect(bytes).toBe(50 * KB + 1);
		for (const data of [cover, stored]) {
			const { error } = await run(
				'message',
				'sendVideo',
				{ ...to, path: 'https://example.com/a.mp4', thumbPath: field('data') },
				{ data },
			);
			expect(error?.message).toContain('takes at most 50 KB, and the file "data" has 50.01 KB');
		}
	});

	it.each([
		[
			'message',
			'sendImage',
			'content',
			'video/mp4',
			'a.mp4',
			'an image, and the file "data" is video/mp4',
		],
		[
			'message',
			'sendImage',
			'content',
			'text/plain',
			'a.pdf',
			'an image, and the file "data" is application/pdf',
		],
		[
			'message',
			'sendVoice',
			'content',
			'audio/mpeg',
			'a.mp3',
			'SILK, AMR or WAV, and the file "data" is audio/mpeg',
		],
		[
			'moment',
			'postImages',
			'paths',
			'image/jpeg',
			'a.jpg',
			'PNG, and the file "data" is image/jpeg',
		],
		[
			'message',
			'sendLink',
			'thumbUrl',
			'image/gif',
			'a.gif',
			'JPEG or PNG, and the file "data" is image/gif',
		],
		[
			'moment',
			'postVideo',
			'videoPath',
			'image/png',
			'a.png',
			'a video, and the file "data" is image/png',
		],
	])(
		'%s %s refuses %s of type %s (%s)',
		async (resource, operation, name, type, fileName, words) => {
			const { error } = await run(
				resource,
				operation,
				{ ...sample(resource, operation), [name]: field('data') },
				{ data: await file(1, fileName, type) },
			);
			expect(error?.message).toContain(`(${name}) takes ${words} [item 0]`);
			nothingSent();
		},
	);

	it.each([
		['text/plain', 'a.silk'],
		['application/octet-stream', 'A.AMR'],
		['audio/x-amr', 'voice'],
		['application/octet-stream', 'voice'],
	])('a voice that n8n calls %s is taken (%s)', async (type, fileName) => {
		const { error } = await run(
			'message',
			'sendVoice',
			{ ...to, content: field('data'), length: 1_000 },
			{ data: await file(1, fileName, type) },
		);
		expect(error).toBe(undefined);
	});
});

describe('an n8n that the vendor cannot reach', () => {
	const publicVendor = () =>
		new TestCredentials({ baseUrl: 'http://eyun.example.com:9899', token: 'token' });

	it('is told so before anything is sent', async () => {
		const { error } = await image(
			field('data'),
			{ data: await file(1, 'a.png', 'image/png') },
			{ credentials: publicVendor(), publicUrl: 'http://localhost:5678' },
		);
		expect(error?.message).toBe(
			'"Image" (content) cannot be a binary field here: n8n serves it under http://localhost:5678, which Eyun cannot reach [item 0]',
		);
		expect(error?.description).toMatch(/WEBHOOK_URL.*N8N_EDITOR_BASE_URL.*Send File as Base64/);
	});

	it('may still send a file as base64', async () => {
		const content = Buffer.from('%PDF-1.4 hello');
		const send = (data: unknown, binary: IBinaryKeyData) =>
			run('message', 'sendFileBase64', { ...to, fileName: 'a.pdf', base64: data }, binary);
		const uri = `data:application/pdf;base64,${content.toString('base64')}`;
		await send(field('data'), { data: await store.put(content, 'a.pdf', 'application/pdf') });
		await send(field('data'), { data: inlineFile(content, 'a.pdf', 'application/octet-stream') });
		await send('={{ $binary.data }}', { data: await store.put(content, 'a', 'application/pdf') });
		expect(simulator.control.requests().map(({ json }) => json)).toEqual(
			Array(3).fill(expect.objectContaining({ base64: uri, fileName: 'a.pdf' })),
		);
	});
});

describe('an n8n that cannot serve files', () => {
	it('because it is too old, is told to be updated', async () => {
		const context = { helpers: {} } as unknown as IExecuteFunctions;
		const picture: Field = { name: 'content', label: 'Image', type: 'string', format: 'url' };
		const given = { name: 'data', binary: inlineFile(Buffer.from('x'), 'a.png', 'image/png') };
		await expect(toSignedUrl(context, picture, given)).rejects.toMatchObject({
			message: '"Image" (content) takes a web address only on this old version of n8n',
			cure: expect.stringContaining('Update n8n'),
		});
	});

	afterEach(async () => {
		await store.stop();
		store = await openBinaryStore();
	});

	it('because it keeps them in memory, is told what to set', async () => {
		await store.stop();
		store = await openBinaryStore('default');
		const data = inlineFile(Buffer.from('x'), 'a.png', 'image/png');
		const { error } = await image(field('data'), { data });
		expect(error?.message).toContain('this n8n keeps files in memory');
		expect(error?.description).toContain('N8N_DEFAULT_BINARY_DATA_MODE');
		nothingSent();
	});
});
