import * as fc from 'fast-check';

import { EVENT_TYPES } from '../../nodes/Eyun/callbacks/events.ts';
import { useSimulator } from '../support/useSimulator.cts';
import { jsons, runNode } from '../support/engine.cts';
import type { HostSetup } from '../support/triggerHost.cts';
import { TriggerHost } from '../support/triggerHost.cts';

const sim = useSimulator();
let host: TriggerHost;

afterEach(async () => {
	await host.stop();
});

async function active(parameters: HostSetup['parameters'] = {}) {
	const credentials = { baseUrl: sim.url, token: sim.defaults.token };
	host = await TriggerHost.start({ credentials, parameters });
	await host.activate();
	// The check push.
	await host.answersReach(1);
}

/** What the executions gave out that were started so far. */
async function outputs() {
	await host.settled();
	for (const { error } of host.executions) if (error) throw error;
	return host.executions.flatMap(({ items }) => items.map(({ json }) => json));
}

it('passes a message on, with a pair for the nodes behind', async () => {
	await active();
	const said = await sim.control.say({ from: sim.defaults.friend, text: 'hello' });
	expect(said).toMatchObject({ delivered: true, status: 200 });
	const [json] = await outputs();
	expect(json).toMatchObject({
		event: 'message.text',
		chatType: 'private',
		wcId: sim.defaults.wcId,
		wId: sim.defaults.wId,
		chatId: sim.defaults.friend,
		text: 'hello',
		messageId: said.newMsgId,
		msgId: said.msgId,
	});
	expect(host.executions[0].paired).toEqual([{ messageId: said.newMsgId }]);
});

it('feeds Message: Send Text', async () => {
	await active();
	await sim.control.say({ from: sim.defaults.friend, group: sim.defaults.group, text: 'hello' });
	const sent = await runNode({
		credentials: { baseUrl: sim.url, token: sim.defaults.token },
		input: await outputs(),
		parameters: {
			resource: 'message',
			operation: 'sendText',
			wId: '={{ $json.wId }}',
			wcId: '={{ $json.chatId }}',
			content: '=You said {{ $json.text }}',
		},
	});
	expect(jsons(sent)).toHaveLength(1);
	expect(sim.control.messages()).toMatchObject([
		{ to: sim.defaults.group, content: 'You said hello' },
	]);
});

it('keeps every 64-bit integer exact', async () => {
	await active();
	const wide = fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }).map(String);
	const [ids] = fc.sample(fc.uniqueArray(wide, { minLength: 30, maxLength: 30 }), 1);
	for (const newMsgId of ids) await sim.control.push({ messageType: '60001', data: { newMsgId } });
	const got = await outputs();
	expect(got.map(({ messageId }) => messageId)).toEqual(ids);
	expect(got.map(({ data }) => (data as { newMsgId: string }).newMsgId)).toEqual(ids);
});

it('passes every message type on under its name, and answers the check push alone', async () => {
	// With it, a hint that an account went offline is checked first.
	await active({ events: ['*', '60008', '80008'], options: { watchdogMinutes: 0 } });
	const events = EVENT_TYPES.filter(({ messageType }) => messageType !== '00000');
	for (const { messageType } of events) await sim.control.push({ messageType });
	const got = await outputs();
	expect(got.map(({ messageType, event, chatType }) => [messageType, event, chatType])).toEqual(
		events.map(({ messageType, event, chatType }) => [messageType, event, chatType]),
	);
	expect(got.every(({ wId }) => wId === sim.defaults.wId)).toBe(true);
	expect(sim.control.pushes().map(({ status }) => status)).not.toContain(400);
	expect(host.answers).toHaveLength(1 + events.length);
});

it('takes one file for one event: the announcement comes only to those who choose it', async () => {
	await active();
	for (const messageType of ['60008', '60009']) await sim.control.push({ messageType });
	expect((await outputs()).map(({ event }) => event)).toEqual(['message.fileReceived']);
});

it('passes unknown types and the older format on', async () => {
	await active();
	await sim.control.push({ messageType: '61234', data: { anything: [1, { deep: true }] } });
	await sim.control.push({
		messageType: 9,
		data: { fromGroup: '1@chatroom', fromUser: 'wxid_a', content: 'wxid_a:\nhello', newMsgId: '1' },
	});
	expect(await outputs()).toMatchObject([
		{ event: 'unknown', messageType: '61234', data: { anything: [1, { deep: true }] } },
		{ event: 'message.text', messageType: '9', chatId: '1@chatroom', text: 'hello' },
	]);
});

it('drops what is not chosen', async () => {
	await active({ events: ['privateMessage', '85008'] });
	for (const messageType of ['60001', '80001', '85008', '85009', '61234', '60999']) {
		expect(await sim.control.push({ messageType })).toMatchObject({ status: 200 });
	}
	expect((await outputs()).map(({ messageType }) => messageType)).toEqual([
		'60001',
		'85008',
		'60999',
	]);
	expect(host.executions).toHaveLength(3);
});

it('passes the check push on for who chose it', async () => {
	await active({ events: ['00000'] });
	expect(await outputs()).toMatchObject([{ event: 'system.callbackCheck' }]);
});

describe('own messages', () => {
	const own = { messageType: '60001', data: { self: true } };
	const ownGroupEvent = { messageType: '85003', data: { self: true } };

	it('are dropped by default; other events of the account are not', async () => {
		await active();
		expect(await sim.control.push(own)).toMatchObject({ delivered: true });
		await sim.control.push(ownGroupEvent);
		expect(await outputs()).toMatchObject([{ event: 'group.memberRemoved', self: true }]);
	});

	it('come when asked for', async () => {
		await active({ options: { includeOwnMessages: true } });
		await sim.control.push(own);
		expect(await outputs()).toMatchObject([{ event: 'message.text', self: true }]);
	});
});
