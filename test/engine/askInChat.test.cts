/** Message: Send and Wait for Response with Answer: In the Chat, with an active trigger in the same n8n. */
// First, so that what waits in nodes and trigger waits shortly.
import { TriggerCase } from '../support/triggerCase.cts';
import type { HostSetup, TriggerHost } from '../support/triggerHost.cts';
import type { NodeRun } from '../support/engine.cts';
import { jsons, runNode } from '../support/engine.cts';
import { WaitingExecution } from '../support/waitingExecution.cts';

const all = TriggerCase.use();

const FRIEND = 'wxid_xiaoming00001';
const OTHER = 'wxid_lihua0000001';
const GROUP = '22264491511@chatroom';

const TWO_BUTTONS = { approvalOptions: { values: { approvalType: 'double' } } };
const FREE_TEXT = { responseType: 'freeText' };

function setup(parameters: object = {}, more: Partial<NodeRun> = {}): NodeRun {
	return {
		credentials: all.withPassword,
		parameters: {
			resource: 'message',
			operation: 'sendAndWait',
			wId: { __rl: true, mode: 'list', value: all.sim.defaults.wcId },
			wcId: FRIEND,
			message: 'May we ship?',
			answer: 'chat',
			...parameters,
		},
		...more,
	};
}

async function active(more: Partial<HostSetup> = {}): Promise<TriggerHost> {
	const host = await all.host(more);
	await host.activate();
	return host;
}

async function say(text: string, where: object = {}) {
	return await all.sim.control.say({ from: FRIEND, text, ...where });
}

/** What the trigger has started executions with. */
const heard = (host: TriggerHost) =>
	host.executions.flatMap(({ items }) => items.map(({ json }) => json.text)).filter(Boolean);

const sent = () => all.sim.control.messages().map(({ to, content }) => [to, content]);

const respondedAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);

const messageId = expect.stringMatching(/^\d+$/);

/** A message that quotes another one. */
function quoting(words: string, quoted: { messageId?: string; text: string }): string {
	const refer = [
		'<type>1</type>',
		`<svrid>${quoted.messageId ?? '1'}</svrid>`,
		`<fromusr>${all.sim.defaults.wcId}</fromusr>`,
		`<content>${quoted.text}</content>`,
	].join('');
	return `<msg><appmsg><title>${words}</title><type>57</type><refermsg>${refer}</refermsg></appmsg></msg>`;
}

async function quote(words: string, quoted: { messageId?: string; text: string }) {
	await all.sim.control.push({
		messageType: '60014',
		data: { fromUser: FRIEND, title: words, content: quoting(words, quoted) },
	});
}

describe('the line below a question', () => {
	it.each([
		[TWO_BUTTONS, '回复 1 同意，回复 2 拒绝'],
		[{ responseType: 'freeText' }, '请直接回复您的答案'],
	])('is Chinese below a Chinese one: %j', async (parameters, line) => {
		const host = await active();
		await WaitingExecution.startIn(host, setup({ ...parameters, message: '可以发货吗？' }));
		expect(sent()).toEqual([[FRIEND, `可以发货吗？\n\n${line}`]]);
	});
});

describe('a question to a friend', () => {
	it('goes on with the next message, which starts no workflow', async () => {
		const host = await active();
		const execution = await WaitingExecution.startIn(
			host,
			setup(TWO_BUTTONS, { input: [{ order: 7 }] }),
		);
		expect(execution.run.status).toBe('waiting');
		expect(sent()).toEqual([[FRIEND, 'May we ship?\n\nReply 1 for Approve or 2 for Decline']]);
		await say('２。');
		expect((await execution.goneOn()).items).toEqual([
			{
				json: {
					data: { approved: false, respondedAt },
					text: '２。',
					senderId: FRIEND,
					senderName: expect.any(String),
					messageId,
				},
				pairedItem: { item: 0 },
			},
		]);
		await host.idle();
		expect(host.executions).toEqual([]);
		await say('hello');
		await host.idle();
		expect(heard(host)).toEqual(['hello']);
		expect(sent()).toHaveLength(1);
		expect(host.staticData).toMatchObject({
			'node:Eyun WeChat Trigger': { questions: { groups: [] } },
		});
	});

	it('takes any text as it is', async () => {
		const host = await active();
		const execution = await WaitingExecution.startIn(host, setup(FREE_TEXT));
		expect(sent()).toEqual([[FRIEND, 'May we ship?\n\nReply with your answer']]);
		await say('Tomorrow,\nplease');
		const [json] = jsons(await execution.goneOn());
		expect(json).toMatchObject({ data: { text: 'Tomorrow,\nplease', respondedAt } });
		expect(host.executions).toEqual([]);
	});

	it('lets what is no answer to an approval go its way, with a hint once', async () => {
		const host = await active();
		const execution = await WaitingExecution.startIn(
			host,
			setup({ chatOptions: { notUnderstood: 'Say 1, please', instruction: '' } }),
		);
		expect(sent()).toEqual([[FRIEND, 'May we ship?']]);
		await say('What is it about?');
		await say('2');
		await host.idle();
		expect(heard(host)).toEqual(['What is it about?', '2']);
		expect(sent().slice(1)).toEqual([[FRIEND, 'Say 1, please']]);
		await say('同意');
		expect(jsons(await execution.goneOn())).toMatchObject([{ data: { approved: true } }]);
		await host.idle();
		expect(heard(host)).toHaveLength(2);
	});

	it('takes words of the user in place of the usual ones', async () => {
		const host = await active();
		const execution = await WaitingExecution.startIn(
			host,
			setup({ ...TWO_BUTTONS, chatOptions: { approveWords: '发货，ship', declineWords: '等等' } }),
		);
		await say('好的');
		await host.idle();
		expect(heard(host)).toEqual(['好的']);
		await say('Ship!');
		expect(jsons(await execution.goneOn())).toMatchObject([{ data: { approved: true } }]);
	});

	it('refuses words that mean both, before anything is sent', async () => {
		const host = await active();
		const { asked } = await WaitingExecution.startIn(
			host,
			setup({ ...TWO_BUTTONS, chatOptions: { approveWords: 'go', declineWords: ['stop', 'Go'] } }),
		);
		expect(asked.error?.message).toContain('has "go", which would approve and decline');
		expect(sent()).toEqual([]);
	});

	it('is not answered by somebody else, nor by the account itself', async () => {
		const host = await active();
		const execution = await WaitingExecution.startIn(host, setup());
		await say('1', { from: OTHER });
		await all.sim.control.push({
			messageType: '60001',
			data: { self: true, fromUser: all.sim.defaults.wcId, toUser: FRIEND, content: '1' },
		});
		await host.idle();
		expect(heard(host)).toEqual(['1']);
		expect(execution.resumed).toBeUndefined();
	});

	it('is not answered by what was said long before', async () => {
		const host = await active();
		const execution = await WaitingExecution.startIn(host, setup());
		const timestamp = Math.floor(Date.now() / 1_000) - 600;
		await all.sim.control.push({
			messageType: '60001',
			data: { fromUser: FRIEND, content: '1', timestamp },
		});
		await host.idle();
		expect(heard(host)).toEqual(['1']);
		expect(execution.resumed).toBeUndefined();
	});

	it('knows the answer again when Eyun pushes it twice', async () => {
		const one = await all.host({ workflowId: 'one' });
		const two = await all.host({ workflowId: 'two', sharesProcessWith: one });
		await one.activate();
		await two.activate();
		const execution = await WaitingExecution.startIn(two, setup());
		await say('1');
		const [push] = all.sim.control.pushes().slice(-1);
		await execution.goneOn();
		await all.sim.control.push({ raw: push.body });
		await two.idle();
		await one.idle();
		expect([...one.executions, ...two.executions]).toEqual([]);
	});

	it('loses no answer that comes before n8n has stored that the execution waits', async () => {
		const host = await active();
		let store = () => {};
		const whenStored = new Promise<void>((resolve) => {
			store = resolve;
		});
		const execution = await WaitingExecution.startIn(host, setup(), whenStored);
		await say('1');
		const tries = host.callbacks;
		expect(tries).toBeGreaterThan(0);
		store();
		expect(jsons(await execution.goneOn())).toMatchObject([{ data: { approved: true } }]);
	});

	it('loses no answer that comes before n8n has stored what the execution waits for', async () => {
		const host = await active();
		const execution = await WaitingExecution.startIn(host, setup());
		execution.halfStoredFor = 3;
		await say('1');
		expect(jsons(await execution.goneOn())).toMatchObject([{ data: { approved: true } }]);
		await host.idle();
		expect(host.executions).toEqual([]);
	});

	it('that nothing waits for any more gives the message to the workflows', async () => {
		const host = await active();
		const execution = await WaitingExecution.startIn(host, setup());
		execution.halfStoredFor = Infinity;
		await say('1');
		while (heard(host).length === 0) await new Promise((turn) => setImmediate(turn));
		await host.idle();
		expect(heard(host)).toEqual(['1']);
	});

	it('whose execution was canceled gives the message to the workflows', async () => {
		const host = await active();
		const execution = await WaitingExecution.startIn(host, setup());
		execution.cancel();
		await say('1');
		while (heard(host).length === 0) await new Promise((turn) => setImmediate(turn));
		await host.idle();
		expect(heard(host)).toEqual(['1']);
		await say('1');
		await host.idle();
		expect(heard(host)).toEqual(['1', '1']);
		expect(host.errors).toEqual([]);
	});

	it('is asked by an instance ID, too', async () => {
		const host = await active();
		const execution = await WaitingExecution.startIn(host, setup({ wId: all.sim.defaults.wId }));
		await say('ok');
		expect(jsons(await execution.goneOn())).toMatchObject([{ data: { approved: true } }]);
	});
});

describe('a question in a group', () => {
	const inGroup = (from: string) => ({ from, group: GROUP });

	it('is answered by the named member only', async () => {
		const host = await active();
		const execution = await WaitingExecution.startIn(
			host,
			setup({ wcId: GROUP, answeredBy: FRIEND, chatOptions: { toOthers: 'Not you' } }),
		);
		await say('hello', inGroup(OTHER));
		await say('1', inGroup(OTHER));
		await say('yes', inGroup(OTHER));
		await say('1');
		await host.idle();
		expect(heard(host)).toEqual(['hello', '1', 'yes', '1']);
		expect(sent().slice(1)).toEqual([[GROUP, 'Not you']]);
		await say('yes', inGroup(FRIEND));
		expect(jsons(await execution.goneOn())).toMatchObject([
			{ data: { approved: true }, senderId: FRIEND },
		]);
	});

	it('is answered by anybody when nobody is named, also with a mention', async () => {
		const host = await active();
		const execution = await WaitingExecution.startIn(host, setup({ wcId: GROUP }));
		await say('@模拟小助手\u2005同意', { ...inGroup(OTHER), at: [all.sim.defaults.wcId] });
		expect(jsons(await execution.goneOn())).toMatchObject([
			{ data: { approved: true }, text: '同意', senderId: OTHER },
		]);
		expect(host.executions).toEqual([]);
	});
});

describe('several questions', () => {
	const three = { input: [{ what: 'tea' }, { what: 'salt' }, { what: 'rice' }] };
	const shown = { ...TWO_BUTTONS, message: '=Ship {{ $json.what }}?' };
	/** The second of three is asked somebody else. */
	const toTwo = {
		input: [
			{ what: 'tea', to: FRIEND },
			{ what: 'salt', to: OTHER },
			{ what: 'rice', to: FRIEND },
		],
	};
	const askedOf = { ...shown, wcId: '={{ $json.to }}' };
	const SECOND_FAILS = {
		kind: 'vendorFailure',
		path: '/sendText',
		message: '测试失败',
		to: OTHER,
	} as const;

	it('of one run are answered in their order, and the execution goes on with all', async () => {
		const host = await active();
		const execution = await WaitingExecution.startIn(host, setup(shown, three));
		expect(sent().map(([, content]) => content.split('\n')[0])).toEqual([
			'Ship tea?',
			'Ship salt?',
			'Ship rice?',
		]);
		await say('1');
		await say('2');
		await host.idle();
		expect(execution.resumed).toBeUndefined();
		await say('1');
		const { items } = await execution.goneOn();
		expect(items.map(({ json, pairedItem }) => [json.data, pairedItem])).toEqual([
			[{ approved: true, respondedAt }, { item: 0 }],
			[{ approved: false, respondedAt }, { item: 1 }],
			[{ approved: true, respondedAt }, { item: 2 }],
		]);
		expect(host.executions).toEqual([]);
	});

	it('are told apart by a quote, by its id and by its text', async () => {
		const host = await active();
		const execution = await WaitingExecution.startIn(host, setup(shown, three));
		const messages = all.sim.control.messages();
		await quote('2', { messageId: String(messages[2].newMsgId), text: 'shortened' });
		await quote('no', { text: messages[1].content });
		await quote('1', { text: 'something else' });
		await host.idle();
		expect(heard(host)).toEqual(['1']);
		expect(execution.resumed).toBeUndefined();
		await say('yes');
		const answers = jsons(await execution.goneOn()).map(({ data }) => data);
		expect(answers).toMatchObject([{ approved: true }, { approved: false }, { approved: false }]);
	});

	it('of three executions are open at once for one person', async () => {
		const host = await active();
		const executions = [];
		for (const what of ['tea', 'salt', 'rice']) {
			executions.push(await WaitingExecution.startIn(host, setup(shown, { input: [{ what }] })));
		}
		const { newMsgId, content } = all.sim.control.messages()[1];
		await quote('1', { messageId: String(newMsgId), text: content });
		expect(jsons(await executions[1].goneOn())).toMatchObject([{ data: { approved: true } }]);
		await say('2');
		await say('1');
		expect(jsons(await executions[0].goneOn())).toMatchObject([{ data: { approved: false } }]);
		expect(jsons(await executions[2].goneOn())).toMatchObject([{ data: { approved: true } }]);
		expect(host.executions).toEqual([]);
	});

	it('keep the answers that came in time, and pass on the input of the others', async () => {
		const host = await active();
		const before = Date.now();
		const soon = { limitWaitTime: { values: { resumeAmount: 0.02, resumeUnit: 'minutes' } } };
		const execution = await WaitingExecution.startIn(host, setup({ ...shown, ...soon }, three));
		expect(execution.run.waitTill?.getTime()).toBeGreaterThan(before + 120_000);
		await say('1');
		await say('2');
		const { items } = await execution.goneOn();
		expect(Date.now()).toBeGreaterThanOrEqual(before + 1_200);
		expect(items.map(({ json }) => json)).toMatchObject([
			{ data: { approved: true } },
			{ data: { approved: false } },
			{ what: 'rice' },
		]);
		expect(items[2].pairedItem).toEqual({ item: 2 });
		await say('1');
		await host.idle();
		expect(heard(host)).toEqual(['1']);
	});

	it('of which one cannot be sent: nothing waits, and nothing is asked any more', async () => {
		const host = await active();
		all.sim.control.fault(SECOND_FAILS);
		const execution = await WaitingExecution.startIn(host, setup(askedOf, toTwo));
		expect(execution.run.status).toBe('error');
		expect(sent()).toHaveLength(1);
		await say('1');
		await host.idle();
		expect(heard(host)).toEqual(['1']);
	});

	it('of which one cannot be sent: with On Error: Continue the others are waited for', async () => {
		const host = await active();
		all.sim.control.fault(SECOND_FAILS);
		const execution = await WaitingExecution.startIn(
			host,
			setup(askedOf, { ...toTwo, continueOnFail: true }),
		);
		expect(execution.run.status).toBe('waiting');
		await say('1');
		await say('2');
		const items = jsons(await execution.goneOn());
		expect(items).toMatchObject([
			{ data: { approved: true } },
			{ error: expect.stringContaining('测试失败') },
			{ data: { approved: false } },
		]);
	});

	it('are asked once each with Retry On Fail', async () => {
		const host = await active();
		all.sim.control.fault(SECOND_FAILS);
		const execution = await WaitingExecution.startIn(
			host,
			setup(askedOf, { ...toTwo, retryOnFail: true }),
		);
		expect(execution.run.status).toBe('waiting');
		expect(sent()).toHaveLength(3);
		await say('1');
		await say('2', { from: OTHER });
		await say('1');
		expect(jsons(await execution.goneOn())).toMatchObject([
			{ data: { approved: true } },
			{ data: { approved: false } },
			{ data: { approved: true } },
		]);
	});
});

describe('the time limit', () => {
	const soon = { limitWaitTime: { values: { resumeAmount: 0.01, resumeUnit: 'minutes' } } };

	it('of a single question is left to n8n; what comes later is a message like any other', async () => {
		const host = await active();
		const before = Date.now();
		const execution = await WaitingExecution.startIn(host, setup(soon, { input: [{ order: 7 }] }));
		expect(execution.run.waitTill?.getTime()).toBeLessThan(before + 60_000);
		expect(jsons(await execution.timeOut())).toEqual([{ order: 7 }]);
		await new Promise((resolve) =>
			setTimeout(resolve, Number(execution.run.waitTill) - Date.now()),
		);
		await say('1');
		await host.idle();
		expect(heard(host)).toEqual(['1']);
	});
});

describe('the trigger that gets the answer', () => {
	it.each([
		['without one, nothing is sent', 'withPassword', 'uses the same credential. Nothing was sent'],
		[
			'with a pasted token, the error says what queue mode needs',
			'withToken',
			'with a pasted token, workers',
		],
	] as const)('%s', async (_what, credentials, advice) => {
		const { error } = await runNode(setup({}, { credentials: all[credentials] }));
		expect(error?.message).toBe('No active trigger of this n8n gets the answer [item 0]');
		expect(error?.description).toContain(advice);
		expect(sent()).toEqual([]);
	});

	it('of another system is none of ours', async () => {
		await all.otherSystem();
		const { error } = await runNode(setup());
		expect(error?.message).toContain('No active trigger of this n8n');
		expect(sent()).toEqual([]);
	});

	it('is told of a question before it is sent, or nothing is sent', async () => {
		const host = await active();
		await host.stop();
		const { error } = await runNode(
			setup({}, { process: host.shared, publicUrl: host.shared.door?.outside }),
		);
		expect(error?.message).toContain('could not be told of the question');
		expect(error?.description).toContain('Nothing was sent');
		expect(sent()).toEqual([]);
	});

	it('is found by a worker of queue mode, which asks Eyun', async () => {
		const host = await active({ withTrigger: false });
		const { shared } = await all.host({ workflowId: 'elsewhere' });
		const execution = await WaitingExecution.startIn(host, setup({}, { process: shared }));
		expect(execution.run.status).toBe('waiting');
		// The webhook process knows nothing but what n8n's database holds.
		host.restart();
		await say('1');
		expect(jsons(await execution.goneOn())).toMatchObject([{ data: { approved: true } }]);
		await host.idle();
		expect(host.executions).toEqual([]);
		await say('1');
		await host.idle();
		expect(heard(host)).toEqual(['1']);
	});

	it('works with an address that is registered by hand', async () => {
		const secret = 'a-secret-of-the-user-123';
		const host = await all.host({
			parameters: { callbackManagement: 'manual', manualSecret: secret },
		});
		all.register(`${host.address}?secret=${secret}`);
		await host.activate();
		const execution = await WaitingExecution.startIn(host, setup());
		await say('1');
		expect(jsons(await execution.goneOn())).toMatchObject([{ data: { approved: true } }]);
		expect(host.executions).toEqual([]);
	});

	it('takes questions from its own n8n only', async () => {
		const host = await active();
		const post = async (header: string) =>
			(
				await fetch(String(all.registered), {
					method: 'POST',
					headers: { 'content-type': 'application/json', 'x-eyun-question': header },
					body: '{}',
				})
			).status;
		expect(await post('forged')).toBe(401);
		expect(await post('')).toBe(401);
		expect(host.staticData).not.toHaveProperty('questions');
	});

	it('of several that share: none starts for the answer, another system gets it', async () => {
		const other = await all.otherSystem();
		const share = { parameters: { onConflict: 'share' } };
		const one = await all.host({ ...share, workflowId: 'one' });
		const two = await all.host({ workflowId: 'two', sharesProcessWith: one });
		await one.activate();
		await two.activate();
		const execution = await WaitingExecution.startIn(two, setup());
		await say('1');
		expect(jsons(await execution.goneOn())).toMatchObject([{ data: { approved: true } }]);
		await one.idle();
		await two.idle();
		expect([...one.executions, ...two.executions]).toEqual([]);
		await say('hello');
		await two.idle();
		await one.idle();
		expect([heard(one), heard(two)]).toEqual([['hello'], ['hello']]);
		expect(other.bodies.filter((body) => body.includes('hello'))).toHaveLength(1);
	});

	it('gets it during a test run, too, whose event it is not', async () => {
		const host = await active();
		const execution = await WaitingExecution.startIn(host, setup());
		await host.listen();
		await say('1');
		expect(jsons(await execution.goneOn())).toMatchObject([{ data: { approved: true } }]);
		await host.idle();
		expect(host.executions).toEqual([]);
		await say('hello');
		await host.idle();
		expect(host.modes).toContain('manual');
		await host.stopListening();
	});

	it('may change between question and answer', async () => {
		const one = await all.host({ workflowId: 'one' });
		const two = await all.host({ workflowId: 'two', sharesProcessWith: one });
		await one.activate();
		const execution = await WaitingExecution.startIn(one, setup());
		await two.activate();
		await one.deactivate();
		two.restart();
		await two.activate('init');
		await say('1');
		expect(jsons(await execution.goneOn())).toMatchObject([{ data: { approved: true } }]);
		await two.idle();
		expect([...one.executions, ...two.executions]).toEqual([]);
	});
});

describe('a restart of n8n', () => {
	it('between question and answer costs nothing', async () => {
		const host = await active();
		const execution = await WaitingExecution.startIn(host, setup());
		host.restart();
		await host.activate('init');
		await say('1');
		expect(jsons(await execution.goneOn())).toMatchObject([{ data: { approved: true } }]);
		await host.idle();
		expect(host.executions).toEqual([]);
	});

	it('between the answer and the execution costs nothing, either', async () => {
		const host = await active();
		let store = () => {};
		const whenStored = new Promise<void>((resolve) => {
			store = resolve;
		});
		const execution = await WaitingExecution.startIn(host, setup(), whenStored);
		await say('1');
		const [push] = all.sim.control.pushes().slice(-1);
		const stored = structuredClone(host.staticData);
		store();
		await execution.goneOn();
		// The process died before it could note that the execution goes on.
		host.restart();
		host.staticData = stored;
		await host.activate('init');
		await host.idle();
		await all.sim.control.push({ raw: push.body });
		await host.idle();
		expect(host.executions).toEqual([]);
		expect(host.errors).toEqual([]);
		await say('hello');
		await host.idle();
		expect(heard(host)).toEqual(['hello']);
	});
});
