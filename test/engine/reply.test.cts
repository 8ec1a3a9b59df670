import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { parseContent } from '../../nodes/Eyun/callbacks/content/xml/parse.ts';
import { readContent } from '../../nodes/Eyun/callbacks/content/index.ts';
import { typeLikeAPerson } from '../../nodes/Eyun/compound/reply/typing.ts';
import type { Fault } from '../../simulator/faults.cts';
import { CONTENTS } from '../fixtures/content/load.cts';
import { TestCredentials } from '../support/credentials.cts';
import type { NodeRun } from '../support/engine.cts';
import { jsons, runNode } from '../support/engine.cts';
import { callbackBody, receivedItem } from '../support/received.cts';
import { useSimulator } from '../support/useSimulator.cts';

/** Message: Reply. */

const GAP = '\u2005';
const XIAOMING = 'wxid_xiaoming00001';

const simulator = useSimulator({ between: 'restart' });
let credentials: TestCredentials;
beforeEach(() => {
	credentials = new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token });
});

const privateText = (data = {}) => receivedItem(simulator, '60001', { content: '在吗？', ...data });
const groupText = (data = {}) =>
	receivedItem(simulator, '80001', { content: '@bot 在吗？', ...data });

/** Behind the trigger, or behind a node that stands between. */
const reply = async (
	item: IDataObject | IDataObject[],
	parameters: object = {},
	more: Partial<NodeRun> = {},
) =>
	await runNode({
		credentials,
		sourceType: 'eyunTrigger',
		input: Array.isArray(item) ? item : [item],
		parameters: { resource: 'message', operation: 'reply', text: 'Yes', ...parameters },
		...more,
	});

const sent = () => simulator.control.messages().map(({ to, content, at }) => ({ to, content, at }));
const options = (replyOptions: object) => ({ replyOptions });

describe('where an answer goes', () => {
	it('is the private chat of the message, and its account', async () => {
		const [output] = jsons(await reply(privateText()));
		expect(sent()).toEqual([{ to: simulator.defaults.friend, content: 'Yes', at: [] }]);
		const [{ newMsgId, msgId, createTime }] = simulator.control.messages();
		expect(output).toEqual({
			chatId: simulator.defaults.friend,
			mentioned: [],
			parts: [{ newMsgId: String(newMsgId), msgId, createTime, text: 'Yes' }],
		});
	});

	it('is the group, with a mention of who asked', async () => {
		const [output] = jsons(await reply(groupText({ fromUser: XIAOMING })));
		expect(sent()).toEqual([
			{ to: simulator.defaults.group, content: `@小明${GAP}Yes`, at: [XIAOMING] },
		]);
		expect(output).toMatchObject({ mentioned: [XIAOMING], parts: [{ text: `@小明${GAP}Yes` }] });
	});

	it.each([
		['switched off', {}, { mention: false }],
		['it is my own message', { self: true }, {}],
		['the asker is not in the group any more', { fromUser: 'wxid_gone' }, {}],
	])('mentions nobody if %s', async (_why, data, given) => {
		const [output] = jsons(await reply(groupText(data), options(given)));
		expect(sent()).toEqual([{ to: simulator.defaults.group, content: 'Yes', at: [] }]);
		expect(output.mentioned).toEqual([]);
	});

	it('answers without a mention when Eyun does not say who is in the group', async () => {
		simulator.control.fault({ kind: 'vendorFailure', path: '/getChatRoomMember', message: '失败' });
		await reply(groupText({ fromUser: XIAOMING }));
		expect(sent()).toMatchObject([{ content: 'Yes' }]);
	});

	it('is the same chat for a message of my own', async () => {
		const { wcId, friend } = simulator.defaults;
		await reply(privateText({ self: true, fromUser: wcId, toUser: friend }));
		expect(sent()).toMatchObject([{ to: friend }]);
	});

	it('finds the login that the account has by now', async () => {
		await reply(privateText({ wId: 'an-old-login' }));
		expect(simulator.control.requests('/sendText')[0].json).toMatchObject({
			wId: simulator.defaults.wId,
		});
	});

	it('uses the login where the message does not name the account', async () => {
		await reply({ ...privateText(), wcId: null });
		expect(sent()).toHaveLength(1);
	});

	it.each([
		['30000', 'has no chat to answer into (event system.offline)'],
		['30001', 'is a friend request, which has no chat yet'],
	])('is nowhere for %s', async (type, message) => {
		const { error } = await reply(receivedItem(simulator, type));
		expect(error?.message).toContain(message);
		expect(error?.description).toContain('Nothing was sent');
		expect(sent()).toEqual([]);
	});

	it('needs an account', async () => {
		const { error } = await reply({ ...privateText(), wcId: null, wId: null });
		expect(error?.message).toContain('does not say which WeChat account received it');
		expect(sent()).toEqual([]);
	});
});

describe('the message of the trigger', () => {
	const agent = (items: INodeExecutionData[]) =>
		items.map((_, item) => ({ json: { output: `answer ${item}` }, pairedItem: { item } }));
	const text = '={{ $json.output }}';

	it('is found behind a node that outputs its own fields', async () => {
		const items = [privateText(), groupText({ fromUser: XIAOMING })];
		const { items: output } = await reply(items, { text }, { between: agent });
		expect(sent()).toMatchObject([
			{ to: simulator.defaults.friend, content: 'answer 0' },
			{ to: simulator.defaults.group, content: `@小明${GAP}answer 1` },
		]);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('is found by the name that n8n gives to the type of an installed node', async () => {
		await reply(
			privateText(),
			{ text },
			{ between: agent, sourceType: 'n8n-nodes-eyun.eyunTrigger' },
		);
		expect(sent()).toMatchObject([{ content: 'answer 0' }]);
	});

	it('is found behind a node that keeps no links, if the trigger has one item', async () => {
		const between = () => [{ json: { output: 'one' } }, { json: { output: 'two' } }];
		await reply(privateText(), { text }, { between });
		expect(sent()).toMatchObject([{ content: 'one' }, { content: 'two' }]);
	});

	it('is not guessed where the trigger has several', async () => {
		// n8n itself links a single item, and as many items as there were.
		const between = () => ['one', 'two', 'three'].map((output) => ({ json: { output } }));
		const { error } = await reply([privateText(), groupText()], { text }, { between });
		expect(error?.message).toContain('does not say which item its items come from');
		expect(error?.description).toContain('From This Item');
		expect(sent()).toEqual([]);
	});

	it('is asked for where there is no trigger', async () => {
		const { error } = await reply({ output: 'x' }, { text }, { sourceType: 'items' });
		expect(error?.message).toContain('no Eyun WeChat Trigger before this node');
		expect(error?.description).toContain('From This Item');
		expect(sent()).toEqual([]);
	});

	it('is the input item where another workflow passed it on', async () => {
		await reply(privateText(), {}, { sourceType: 'items' });
		expect(sent()).toHaveLength(1);
	});

	it('is told an agent in words that help', async () => {
		const { error } = await reply(
			{ query: 'x' },
			{},
			{ sourceType: 'items', nodeType: 'eyunTool' },
		);
		expect(error?.message).toContain('a tool of an AI agent does not stand behind the trigger');
		expect(error?.message).toContain('From This Item');
	});
});

describe('From This Item', () => {
	const messageSource = 'item';

	it('takes the item, or some of its fields', async () => {
		const { wcId, friend } = simulator.defaults;
		const partial = { wcId, chatId: friend, senderId: friend };
		await reply([privateText(), partial], { messageSource }, { sourceType: 'items' });
		expect(sent()).toMatchObject([{ to: friend }, { to: friend }]);
	});

	it('takes a callback as Eyun sends it, also as text or from a Webhook node', async () => {
		const body = callbackBody(simulator, '60001');
		const message = '={{ $json.raw }}';
		const input = [{ raw: body }, { raw: { body: JSON.parse(body) as IDataObject } }];
		await reply(input, { messageSource, message }, { sourceType: 'items' });
		expect(sent()).toMatchObject([
			{ to: simulator.defaults.friend },
			{ to: simulator.defaults.friend },
		]);
	});

	it.each([['{"a":1}'], ['no JSON'], ['[1]'], ['={{ 5 }}']])('refuses %j', async (message) => {
		const { error } = await reply({}, { messageSource, message }, { sourceType: 'items' });
		expect(error?.message).toContain(
			'"Message" (message) is neither an item of the trigger nor a callback',
		);
		expect(sent()).toEqual([]);
	});
});

describe('the text', () => {
	it.each([
		['={{ "" }}', 'is empty'],
		['={{ $json.nothing }}', 'is empty'],
		['={{ " \\n " }}', 'holds only spaces'],
		['[a]: https://b.cn', 'holds nothing to read'],
		['={{ { a: 1 } }}', 'takes text, not an object'],
	])('%s is refused', async (text, message) => {
		const { error } = await reply(privateText(), { text });
		expect(error?.message).toContain(`"Text" (text) ${message}`);
		expect(sent()).toEqual([]);
		expect(simulator.control.requests()).toEqual([]);
	});

	it('is freed of Markdown, unless switched off', async () => {
		const text = '## Result\n\n- **one**\n- [two](https://a.cn)';
		await reply(privateText(), { text });
		await reply(privateText(), { text, ...options({ plainText: false }) });
		expect(sent().map(({ content }) => content)).toEqual([
			'Result\n\n• one\n• two (https://a.cn)',
			text,
		]);
	});

	it('is split, with the mention in the first part only', async () => {
		const paragraph = '一二三四五六七八九十'.repeat(4);
		const text = `${paragraph}\n\n${paragraph}\n\n${paragraph}`;
		const item = groupText({ fromUser: XIAOMING });
		const [output] = jsons(await reply(item, { text, ...options({ splitAt: 50 }) }));
		expect(sent()).toMatchObject([
			{ content: `@小明${GAP}${paragraph}`, at: [XIAOMING] },
			{ content: paragraph, at: [] },
			{ content: paragraph, at: [] },
		]);
		const ids = simulator.control.messages().map(({ newMsgId }) => String(newMsgId));
		expect((output.parts as IDataObject[]).map(({ newMsgId }) => newMsgId)).toEqual(ids);
	});

	it('is split at 2,000 characters unless told otherwise', async () => {
		const text = 'x'.repeat(4_500);
		await reply(privateText(), { text });
		expect(sent().map(({ content }) => content.length)).toEqual([2_000, 2_000, 500]);
		await reply(privateText(), { text, ...options({ splitAt: 0 }) });
		expect(sent().at(-1)?.content).toHaveLength(4_500);
	});

	it.each([[1], [-1], ['many'], [2.5]])('is not split at %j', async (splitAt) => {
		const { error } = await reply(privateText(), options({ splitAt }));
		expect(error?.message).toContain('"Split Long Answers" (splitAt)');
		expect(sent()).toEqual([]);
	});

	it('heeds options from expressions, and refuses what they cannot mean', async () => {
		await reply(privateText(), { text: '**x**', ...options({ plainText: '={{ "false" }}' }) });
		expect(sent()).toMatchObject([{ content: '**x**' }]);
		const { error } = await reply(privateText(), options({ plainText: '={{ "maybe" }}' }));
		expect(error?.message).toContain('"Markdown to Plain Text" (plainText) takes true or false');
		expect(sent()).toHaveLength(1);
	});

	it('comes with the whole answer of Eyun if asked for', async () => {
		const [output] = jsons(await reply(privateText(), { options: { fullResponse: true } }));
		expect(output.parts).toMatchObject([{ code: '1000', data: { type: 1 }, text: 'Yes' }]);
	});
});

describe('a quote', () => {
	const quoted = () =>
		simulator.control.requests('/sendApplet').map(({ json }) => json as IDataObject);
	const read = (content: unknown) =>
		readContent({
			event: 'quote',
			wcId: undefined,
			data: { content: `<msg>${String(content)}</msg>` },
		});

	it('is an app message that reads like one of WeChat', async () => {
		const item = groupText({
			fromUser: XIAOMING,
			content: '<b>1 & 2</b> "x" ]]>',
			newMsgId: '7365193471029381234',
		});
		const [output] = jsons(await reply(item, { text: 'a < b & "c"', ...options({ quote: true }) }));
		const [{ wcId, content }] = quoted();
		expect(wcId).toBe(simulator.defaults.group);
		expect(read(content)).toMatchObject({
			type: 'quote',
			text: 'a < b & "c"',
			quoted: {
				type: 1,
				kind: 'text',
				messageId: '7365193471029381234',
				senderId: XIAOMING,
				senderName: '小明',
				chatId: simulator.defaults.group,
				text: '<b>1 & 2</b> "x" ]]>',
			},
		});
		expect(output).toMatchObject({ mentioned: [], parts: [{ text: 'a < b & "c"' }] });
	});

	it('of a picture holds its XML, and names a private sender as Eyun does', async () => {
		const content = CONTENTS.image;
		const item = receivedItem(simulator, '60002', { content, pushContent: '小明 : [图片]' });
		await reply(item, options({ quote: true }));
		expect(read(quoted()[0].content)).toMatchObject({
			quoted: {
				type: 3,
				kind: 'image',
				senderName: '小明',
				chatId: null,
				content: { type: 'image' },
			},
		});
	});

	it('is in the first part only', async () => {
		await reply(privateText(), { text: 'x'.repeat(100), ...options({ quote: true, splitAt: 50 }) });
		expect(simulator.control.messages().map(({ path }) => path)).toEqual([
			'/sendApplet',
			'/sendText',
		]);
	});

	it('stays XML whatever the texts hold', async () => {
		const nasty = '\u0000\uD800]]></title><type>2000</type>\u0007';
		await reply(privateText({ content: nasty }), {
			text: `={{ ${JSON.stringify(nasty)} }}`,
			...options({ quote: true, plainText: false }),
		});
		const xml = String(quoted()[0].content);
		expect(parseContent(xml)?.name).toBe('appmsg');
		expect(xml.match(/<type>2000/)).toBeNull();
	});

	it('of what is no message is refused', async () => {
		const { error } = await reply(receivedItem(simulator, '85008'), options({ quote: true }));
		expect(error?.message).toContain('cannot quote what is no message');
		expect(sent()).toEqual([]);
	});
});

describe('when a part fails', () => {
	const text = `${'a'.repeat(40)}\n\n${'b'.repeat(40)}\n\n${'c'.repeat(40)}`;
	const parameters = { text, ...options({ splitAt: 50 }) };
	const letters = () =>
		sent()
			.map(({ content }) => content[0])
			.join('');

	/** The first part arrives; what happens to the second. */
	function failSecond(fault: Fault) {
		simulator.control.fault({ kind: 'latency', path: '/sendText', ms: 0 });
		simulator.control.fault({ path: '/sendText', ...fault });
	}

	it('the error says what was delivered, and nothing more is sent', async () => {
		failSecond({ kind: 'vendorFailure', message: '失败' });
		const { error } = await reply(privateText(), parameters);
		expect(letters()).toBe('a');
		expect(error?.message).toContain('Part 2 of 3 failed: ');
		expect(error?.message).toContain('Delivered, not to be sent again: part 1 of 3');
		expect(error?.description).toContain('Not sent: part 3 of 3');
	});

	it('an agent is told so, too', async () => {
		failSecond({ kind: 'vendorFailure', message: '失败' });
		const input = { messageSource: 'item', message: privateText() };
		const { error } = await reply({}, { ...parameters, ...input }, { nodeType: 'eyunTool' });
		expect(error?.message).toContain('Delivered, not to be sent again: part 1 of 3');
	});

	it('Retry On Fail sends only the rest, and puts all parts out', async () => {
		failSecond({ kind: 'vendorFailure', message: '失败' });
		const result = await reply([privateText(), privateText()], parameters, { retryOnFail: true });
		expect(letters()).toBe('abcabc');
		expect(jsons(result).map(({ parts }) => (parts as unknown[]).length)).toEqual([3, 3]);
	});

	it('Retry On Fail goes on with the text that was begun, even if the expression changes', async () => {
		failSecond({ kind: 'vendorFailure', message: '失败' });
		const changing = '={{ $json.long + $now.toMillis() }}';
		const [output] = jsons(
			await reply(
				{ ...privateText(), long: `${text}\n\n` },
				{ ...parameters, text: changing },
				{
					retryOnFail: true,
				},
			),
		);
		expect(letters().slice(0, 3)).toBe('abc');
		expect(output.parts).toHaveLength(sent().length);
	});

	it('what may have been delivered is not sent again by Retry On Fail', async () => {
		failSecond({ kind: 'resetAfter' });
		const { error } = await reply(privateText(), parameters, { retryOnFail: true });
		expect(letters()).toBe('ab');
		expect(error?.message).toMatch(/^Not done again: Part 2 of 3 failed: /);
		expect(error?.message).toContain('Delivered, not to be sent again: part 1 of 3');
	});

	it('the other items go on if told so', async () => {
		failSecond({ kind: 'vendorFailure', message: '失败' });
		const { items } = await reply([privateText(), privateText()], parameters, {
			continueOnFail: true,
		});
		expect(letters()).toBe('aabc');
		expect(items.map(({ json }) => Object.keys(json))).toEqual([
			['error', 'message'],
			['chatId', 'mentioned', 'parts'],
		]);
	});

	it('the same item in the next execution is a new answer', async () => {
		failSecond({ kind: 'vendorFailure', message: '失败' });
		const item = privateText();
		await reply(item, parameters, { executionId: '1' });
		await reply(item, parameters, { executionId: '2' });
		expect(letters()).toBe('aabc');
	});
});

describe('a typing pause', () => {
	const typing = options({ typing: true, splitAt: 50 });

	it('comes before each part, and grows with its length up to a limit', async () => {
		const pauses: number[] = [];
		for (const [text, random] of [
			['x', 0],
			['x', 1],
			['x'.repeat(50), 0.5],
			['x'.repeat(5_000), 0],
		] as const) {
			jest.useFakeTimers();
			const began = Date.now();
			const typed = typeLikeAPerson(
				{ getExecutionCancelSignal: () => undefined } as never,
				text,
				random,
			);
			await jest.runAllTimersAsync();
			await typed;
			pauses.push(Date.now() - began);
			jest.useRealTimers();
		}
		expect(pauses).toEqual([860, 516, 3_040, 8_000]);
	});

	it('is waited for', async () => {
		const began = performance.now();
		await reply(privateText(), { text: 'Yes', ...typing });
		expect(performance.now() - began).toBeGreaterThan(500);
		expect(sent()).toHaveLength(1);
	});

	it('ends with a canceled execution, and nothing more is sent', async () => {
		const cancel = new AbortController();
		const began = performance.now();
		const running = reply(
			privateText(),
			{ text: 'x'.repeat(400), ...typing },
			{ cancel: cancel.signal },
		);
		setTimeout(() => cancel.abort(), 300);
		await running;
		expect(performance.now() - began).toBeLessThan(2_000);
		expect(sent()).toEqual([]);
	});

	it('keeps to Pause Between Calls as well', async () => {
		const pause = { values: { mode: 'range', min: 300, max: 300 } };
		const began = performance.now();
		await reply(privateText(), {
			text: 'x'.repeat(100),
			...options({ splitAt: 50 }),
			options: { pause },
		});
		expect(sent()).toHaveLength(2);
		expect(performance.now() - began).toBeGreaterThan(290);
	});
});
