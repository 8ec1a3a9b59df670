import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';

import { useSimulator } from '../support/useSimulator.cts';
import type { HostSetup } from '../support/triggerHost.cts';
import { TriggerHost } from '../support/triggerHost.cts';
import { useTriggerHosts } from '../support/triggerHosts.cts';

/** Conversations: messages that belong together, a person who takes over, many events at once. */

const sim = useSimulator();
const { hosts, hold, goOn } = useTriggerHosts();

async function active(options: IDataObject, setup: Partial<HostSetup> = {}, events = ['*']) {
	const host = await TriggerHost.start({
		credentials: { baseUrl: sim.url, token: sim.defaults.token },
		parameters: { events, options: { watchdogMinutes: 0, ...options } },
		...setup,
	});
	hosts.push(host);
	await host.activate();
	await host.answersReach(1);
	return host;
}

const ME = 'wxid_me';
const ANNA = 'wxid_anna';
const BEN = 'wxid_ben';
const GROUP = '123@chatroom';
let count = 0;

async function push(messageType: string, data: IDataObject) {
	const url = sim.control.pushes().at(-1)?.url ?? '';
	const body = { account: 'a', wcId: ME, messageType, data: { newMsgId: `${++count}`, ...data } };
	const { status } = await axios.post<unknown>(url, body, {
		validateStatus: () => true,
		proxy: false,
	});
	expect(status).toBe(200);
	return body;
}
const says = async (content: string, fromUser = ANNA, more: IDataObject = {}) =>
	await push('60001', { fromUser, toUser: ME, content, ...more });
const writes = async (content: string, toUser = ANNA, more: IDataObject = {}) =>
	await push('60001', { fromUser: ME, toUser, content, self: true, ...more });

/** Resolves when so many callbacks are being dealt with, the check push included. */
async function inHand(host: TriggerHost, count: number) {
	while (host.callbacks < count) await new Promise((turn) => setImmediate(turn));
	// What webhook() does before it waits takes some turns.
	for (let turns = 0; turns < 50; turns++) await new Promise((turn) => setImmediate(turn));
}

/** What the workflow was asked, by execution. */
const inputs = (host: TriggerHost) =>
	host.executions
		.filter(({ items }) => items.length > 0)
		.map(({ items }) => items.map(({ json }) => json.chatInput));

const merging = { merge: { values: { silence: 10, longest: 60 } } };

describe('messages in quick succession', () => {
	it('start one execution, with the words of all', async () => {
		const host = await active(merging);
		hold();
		await says('hello');
		await says('are you there?');
		await push('60002', { fromUser: ANNA, toUser: ME, content: '<msg><img md5="1"/></msg>' });
		expect(host.executions).toHaveLength(0);
		goOn();
		await host.idle();
		const [{ json }] = host.executions[0].items;
		expect(json).toMatchObject({
			event: 'message.image',
			chatInput: 'hello\nare you there?\n[Image]',
			text: 'hello\nare you there?',
			messages: [{ text: 'hello' }, { text: 'are you there?' }, { event: 'message.image' }],
		});
		expect(host.executions).toHaveLength(1);
		expect(host.staticData).toMatchObject({});
	});

	it('bring the files of all, each message naming its own', async () => {
		const host = await active({ ...merging, downloadMedia: true });
		hold();
		const { friend, wcId, wId } = sim.defaults;
		const picture = { fromUser: friend, toUser: wcId, wId, content: '<msg><img md5="1"/></msg>' };
		await push('60002', { ...picture, msgId: 1 });
		await says('two pictures', friend);
		await push('60002', { ...picture, msgId: 2 });
		goOn();
		await host.idle();
		const [{ json, binary }] = host.executions[0].items;
		expect(Object.keys(binary ?? {})).toEqual(['data', 'data1']);
		expect(json).toMatchObject({
			media: { kind: 'image' },
			messages: [
				{ media: { field: 'data' } },
				{ text: 'two pictures' },
				{ media: { field: 'data1' } },
			],
		});
	});

	it('are kept apart by person and chat', async () => {
		const host = await active(merging);
		hold();
		await says('a1');
		await says('b1', BEN);
		await push('80001', { fromUser: ANNA, fromGroup: GROUP, toUser: ME, content: 'g1' });
		await says('a2');
		goOn();
		await host.idle();
		expect(inputs(host).flat().sort()).toEqual(['a1\na2', 'b1', 'g1']);
	});

	it('of the same message pushed twice count once', async () => {
		const host = await active(merging);
		hold();
		await says('a', ANNA, { newMsgId: 'same' });
		await says('a', ANNA, { newMsgId: 'same' });
		goOn();
		await host.idle();
		expect(inputs(host)).toEqual([['a']]);
		await says('a', ANNA, { newMsgId: 'same' });
		await host.idle();
		expect(inputs(host)).toEqual([['a']]);
	});

	it('outlive a crash of n8n: they start once, together', async () => {
		const host = await active(merging);
		hold();
		await says('one');
		await says('two');
		host.crash();
		goOn();
		await host.activate('init');
		await host.idle();
		expect(inputs(host)).toEqual([['one\ntwo']]);
		const [{ json }] = host.executions[0].items;
		expect(json).toMatchObject({ wcId: ME, chatId: ANNA, messages: [{ text: 'one' }, {}] });
		// The crash came after the start: nothing starts again.
		host.crash();
		await host.activate('init');
		await host.idle();
		expect(inputs(host)).toEqual([['one\ntwo']]);
	});

	it('outlive a crash of n8n although the same person writes again before it has started', async () => {
		const host = await active({ merge: { values: { silence: 60, longest: 600 } } });
		await says('one');
		host.crash();
		await says('two');
		hold();
		await host.activate('init');
		goOn();
		await host.idle();
		expect(inputs(host).flat().sort()).toEqual(['one', 'two']);
	});

	it('that came before the trigger was active outlive a crash behind the activation', async () => {
		const host = await active({ merge: { values: { silence: 60, longest: 600 } } });
		const before = host.staticData;
		host.crash();
		await says('early');
		// The activation has read the static data before that, and stores it over it.
		host.staticData = before;
		await host.activate('init');
		expect(JSON.stringify(host.staticData)).toContain('early');
		host.crash();
		await host.activate('init');
		await says('later', BEN);
		await host.idle();
		expect(inputs(host).flat()).toContain('early');
	});

	it('are kept until n8n has stored their execution', async () => {
		const host = await active(merging);
		let release = () => {};
		host.database.holdBack = new Promise((resolve) => (release = resolve));
		await says('being stored');
		while (!host.database.isStoring) await new Promise((turn) => setImmediate(turn));
		await says('another', BEN);
		expect(JSON.stringify(host.staticData)).toContain('being stored');
		release();
		await host.idle();
		expect(inputs(host).flat()).toEqual(['being stored', 'another']);
	});

	it('that are taken up after a crash are kept until n8n has stored their execution', async () => {
		const host = await active({ merge: { values: { silence: 60, longest: 600 } } });
		await says('from before');
		host.crash();
		let release = () => {};
		host.database.holdBack = new Promise((resolve) => (release = resolve));
		await host.activate('init');
		await says('another', BEN);
		const kept = JSON.stringify(host.staticData);
		release();
		await host.idle();
		expect(kept).toContain('from before');
		expect(inputs(host).flat()).toEqual(['from before', 'another']);
		expect(JSON.stringify(host.staticData)).not.toContain('from before');
	});

	it('that came before a crash are no duplicates of those that come again', async () => {
		const host = await active(merging);
		await says('one', ANNA, { newMsgId: 'first' });
		await host.idle();
		host.restart();
		await host.activate('init');
		await says('one', ANNA, { newMsgId: 'first' });
		await says('two', ANNA, { newMsgId: 'second' });
		await host.idle();
		expect(inputs(host).flat()).toEqual(['one', 'two']);
	});

	it('go on when the workflow is deactivated', async () => {
		const host = await active({ merge: { values: { silence: 60, longest: 600 } } });
		await says('one');
		await host.deactivate();
		await host.idle();
		expect(inputs(host)).toEqual([['one']]);
	});

	it('do not hold up what is no message', async () => {
		const host = await active(merging);
		await push('85015', { userName: GROUP });
		await push('60018', { fromUser: ANNA, toUser: ME, content: '"A" 撤回了一条消息' });
		await host.idle();
		expect(host.executions).toHaveLength(2);
		expect(host.executions[0].items[0].json).not.toHaveProperty('messages');
	});

	it('are stored again when n8n cannot store them', async () => {
		const host = await active(merging);
		host.database.startFailure = new Error('database is locked');
		await says('one');
		while (host.warnings.length === 0) await new Promise((turn) => setImmediate(turn));
		host.database.startFailure = undefined;
		await host.idle();
		expect(inputs(host)).toEqual([['one']]);
	});
});

describe('when the owner writes', () => {
	const takeover = (values: IDataObject = {}) => ({
		takeover: { values: { minutes: 30, ...values } },
	});

	it('the chat starts nothing for a while, and others do', async () => {
		const host = await active(takeover());
		await says('before');
		await writes('I will look at it myself');
		await says('thank you');
		await says('hello', BEN);
		await host.idle();
		expect(inputs(host)).toEqual([['before'], ['hello']]);
	});

	it('the pause outlives a restart of n8n', async () => {
		const host = await active(takeover());
		await writes('mine');
		host.restart();
		await host.activate('init');
		await says('thank you');
		await host.idle();
		expect(inputs(host)).toEqual([]);
	});

	it('is over after the time', async () => {
		const host = await active(takeover());
		const hourAgo = Math.floor(Date.now() / 1_000) - 3_600;
		await writes('an hour ago', ANNA, { timestamp: hourAgo });
		await says('hello');
		await host.idle();
		expect(inputs(host)).toEqual([['hello']]);
	});

	it('words pause and resume the chat', async () => {
		const words = { minutes: 0, pauseWords: '我来, human', resumeWords: 'bot' };
		const host = await active(takeover(words));
		await writes('just a word');
		await says('one');
		await writes('Human!');
		await says('two');
		await writes('bot');
		await says('three');
		await host.idle();
		expect(inputs(host)).toEqual([['one'], ['three']]);
	});

	it('what waits in that chat to be merged is dropped', async () => {
		const host = await active({ ...merging, ...takeover() });
		hold();
		await says('question');
		await says('other', BEN);
		await writes('answer');
		goOn();
		await host.idle();
		expect(inputs(host)).toEqual([['other']]);
		host.restart();
		await host.activate('init');
		await host.idle();
		expect(inputs(host)).toEqual([['other']]);
	});

	it('the words come as an event of their own to those who choose it', async () => {
		const host = await active(takeover(), {}, ['*', 'owner.message']);
		await writes('I am here', GROUP, { fromGroup: GROUP });
		await host.idle();
		expect(host.executions[0].items[0].json).toMatchObject({
			event: 'owner.message',
			chatId: GROUP,
			chatInput: 'I am here',
			self: true,
		});
	});

	it('nothing is paused without the option', async () => {
		const host = await active({});
		await writes('mine');
		await says('hello');
		await host.idle();
		expect(inputs(host)).toEqual([['hello']]);
	});
});

describe('several events per execution', () => {
	it('go together while another execution is being stored, each answered when stored', async () => {
		const host = await active({ severalEvents: true });
		let release = () => {};
		host.database.holdBack = new Promise((resolve) => (release = resolve));
		const all = ['a', 'b', 'c', 'd'].map(async (text) => await says(text));
		while (!host.database.isStoring) await new Promise((turn) => setImmediate(turn));
		await inHand(host, 5);
		host.database.holdBack = undefined;
		release();
		await Promise.all(all);
		await host.idle();
		expect(inputs(host).flat().sort()).toEqual(['a', 'b', 'c', 'd']);
		expect(host.executions).toHaveLength(2);
	});

	it('are no duplicates of each other, nor after a restart', async () => {
		const host = await active({ severalEvents: true });
		const all = Array.from(
			{ length: 10 },
			async (_, n) => await says(`${n}`, ANNA, { newMsgId: `s${n}` }),
		);
		await Promise.all(all);
		await host.idle();
		host.restart();
		await host.activate('init');
		await Promise.all(
			Array.from({ length: 11 }, async (_, n) => await says(`${n}`, ANNA, { newMsgId: `s${n}` })),
		);
		await host.idle();
		expect(inputs(host).flat().sort()).toEqual(Array.from({ length: 11 }, (_, n) => `${n}`).sort());
	});

	it('one at a time start one execution each', async () => {
		const host = await active({ severalEvents: true });
		await says('a');
		await says('b');
		await host.idle();
		expect(inputs(host)).toEqual([['a'], ['b']]);
	});
});

it('a mention of everybody counts unless it is switched off', async () => {
	const all = { fromUser: ANNA, fromGroup: GROUP, toUser: ME, atlist: ['notify@all'] };
	const me = { ...all, atlist: [ME] };
	const strict = await active({ onlyMentioned: true, allMentions: false });
	await push('80001', { ...all, content: 'all' });
	await push('80001', { ...me, content: 'me' });
	await strict.idle();
	expect(inputs(strict)).toEqual([['me']]);
});

it('names are looked up where that is wanted', async () => {
	const host = await active({ lookUpNames: true });
	const { friend, wcId } = sim.defaults;
	const url = sim.control.pushes().at(-1)?.url ?? '';
	const send = async (newMsgId: string) =>
		await axios.post(url, {
			wcId,
			messageType: '60002',
			data: { fromUser: friend, toUser: wcId, newMsgId, content: '<msg><img md5="1"/></msg>' },
		});
	await send('1');
	await host.idle();
	await send('2');
	await host.idle();
	const [first, second] = host.executions.map(({ items }) => items[0].json);
	expect(first.senderName).toEqual(expect.stringMatching(/\S/));
	expect(second).toMatchObject({ senderName: first.senderName, chatName: first.senderName });
	expect(sim.control.requests('/getContact')).toHaveLength(1);
});
