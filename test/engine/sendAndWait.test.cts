import { WAIT_INDEFINITELY } from 'n8n-workflow';

import { useSimulator } from '../support/useSimulator.cts';
import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode } from '../support/engine.cts';
import { WaitingExecution } from '../support/waitingExecution.cts';

/** Message: Send and Wait for Response. */

const simulator = useSimulator();
let credentials: TestCredentials;
const started: WaitingExecution[] = [];
beforeEach(() => {
	credentials = new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token });
});
afterEach(async () => {
	await Promise.all(started.splice(0).map(async (execution) => await execution.stop()));
});

const parametersOf = (parameters: object) => ({
	resource: 'message',
	operation: 'sendAndWait',
	wId: simulator.defaults.wId,
	wcId: simulator.defaults.friend,
	message: 'May we ship?',
	...parameters,
});

async function ask(parameters: object = {}, more: object = {}): Promise<WaitingExecution> {
	const setup = { credentials, parameters: parametersOf(parameters), ...more };
	const execution = await WaitingExecution.start(setup);
	started.push(execution);
	return execution;
}

const TWO_BUTTONS = { approvalOptions: { values: { approvalType: 'double' } } };
const FREE_TEXT = { responseType: 'freeText' };

/** The link in the last message. */
function link(): string {
	const { content } = simulator.control.messages().at(-1) ?? { content: '' };
	return content.split('\n').at(-1) ?? '';
}

/** The buttons and boxes of a page: what can be sent from it. */
function controls(html: string): Array<Record<string, string>> {
	return [...html.matchAll(/<(?:button|textarea|input)\b([^>]*)>/g)].map(([, attributes]) =>
		Object.fromEntries(
			[...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
		),
	);
}

/** What stands on the buttons. */
function labels(html: string): string[] {
	return [...html.matchAll(/<button[^>]*>([^<]*)</g)].map(([, label]) => label);
}

describe('asking', () => {
	it('sends the message with a link and waits', async () => {
		const execution = await ask();
		expect(execution.run.status).toBe('waiting');
		expect(execution.run.waitTill).toEqual(WAIT_INDEFINITELY);
		expect(simulator.control.messages()).toMatchObject([{ to: simulator.defaults.friend }]);
		const [{ content }] = simulator.control.messages();
		expect(content.startsWith(`May we ship?\n\n${execution.url}/webhook-waiting/1/2?`)).toBe(true);
		expect(new URL(link()).searchParams.get('signature')).toMatch(/^[0-9a-f]{64}$/);
	});

	it('asks as the account and in the chat that were chosen from lists', async () => {
		const { wcId, group } = simulator.defaults;
		const chosen = (value: string) => ({ __rl: true, mode: 'list', value });
		const execution = await ask({ wId: chosen(wcId), wcId: chosen(group) });
		expect(execution.run.status).toBe('waiting');
		expect(simulator.control.messages()).toMatchObject([{ from: wcId, to: group }]);
	});

	it('asks once, however many items there are', async () => {
		const execution = await ask(
			{ message: '=May we ship {{ $json.what }}?' },
			{ input: [{ what: 'tea' }, { what: 'salt' }] },
		);
		expect(simulator.control.messages()).toHaveLength(1);
		expect(simulator.control.messages()[0].content).toContain('May we ship tea?');
		const inTime = await execution.timeOut();
		expect(jsons(inTime)).toEqual([{ what: 'tea' }, { what: 'salt' }]);
	});

	it('does not wait when the message was refused', async () => {
		simulator.control.fault({ kind: 'vendorFailure', path: '/sendText', message: '测试失败' });
		const execution = await ask();
		expect(execution.run.status).not.toBe('waiting');
		expect(execution.asked.error?.message).toContain('测试失败');
	});

	it.each([['http://localhost:5678'], ['http://127.0.0.1:5678'], ['http://n8n:5678']])(
		'refuses a link to %s before anything is sent',
		async (publicUrl) => {
			credentials = new TestCredentials({ baseUrl: 'http://vendor.example.com', token: 't' });
			const { error } = await runNode({ credentials, parameters: parametersOf({}), publicUrl });
			expect(error?.message).toBe(
				`Nobody can open the link: only the machine of n8n knows ${publicUrl} [item 0]`,
			);
			expect(error?.description).toContain('WEBHOOK_URL');
		},
	);
});

describe('the page', () => {
	it('shows the question and does nothing, however often it is opened', async () => {
		const execution = await ask(TWO_BUTTONS);
		for (let times = 0; times < 3; times++) {
			const { status, data } = await execution.open(link());
			expect(status).toBe(200);
			expect(data).toContain('<p>May we ship?</p>');
			expect(controls(data)).toEqual([
				{ class: 'yes', name: 'answer', value: 'yes' },
				{ class: 'no', name: 'answer', value: 'no' },
			]);
		}
		expect(execution.resumed).toBeUndefined();
	});

	it('shows texts as texts, loads nothing and runs nothing', async () => {
		const nasty = `<script>alert("1")</script> & '`;
		const execution = await ask({
			message: nasty,
			pageOptions: { title: nasty },
			approvalOptions: { values: { approvalType: 'double', approveLabel: nasty } },
		});
		const { data, headers } = await execution.open(link());
		const escaped = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;';
		expect(data.split(escaped)).toHaveLength(5);
		expect(data).not.toMatch(/<script|src=|href=|url\(|@import|\son\w+=/i);
		expect(headers['content-security-policy']).toMatch(
			/^default-src 'none'; style-src 'sha256-\S+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
		);
		expect(headers).toMatchObject({
			'content-type': 'text/html; charset=utf-8',
			'referrer-policy': 'no-referrer',
			'cache-control': 'no-store',
		});
	});

	it('shows what was asked, though the data behind it is gone', async () => {
		const execution = await ask(
			{ message: '=At {{ $now.toMillis() }}' },
			{ nodeName: `Ask "them" {{ 1 }} \\ '` },
		);
		const [{ content }] = simulator.control.messages();
		const { data } = await execution.open(link());
		expect(data).toContain(`<p>${content.split('\n')[0]}</p>`);
	});

	it('has words of the user', async () => {
		const execution = await ask({
			...FREE_TEXT,
			pageOptions: { title: '请回答', submit: '提交', thanks: '谢谢' },
		});
		const { data } = await execution.open(link());
		expect(data).toContain('<h1>请回答</h1>');
		expect(data).toContain('>提交</button>');
		expect((await execution.open(link(), { answer: 'ok' })).data).toContain('<p>谢谢</p>');
	});
});

describe('the language', () => {
	const inChinese = { message: '可以发货吗？' };

	it('is that of the question', async () => {
		const execution = await ask({ ...TWO_BUTTONS, ...inChinese });
		const { data } = await execution.open(link());
		expect(data).toContain('<h1>请您答复</h1>');
		expect(labels(data)).toEqual(['同意', '拒绝']);
		expect((await execution.open(link(), { answer: 'maybe' })).data).toContain('请点一个按钮。');
		expect((await execution.open(link(), { answer: 'yes' })).data).toContain('已收到您的答复');
		expect(execution.resumed?.items[0].json.data).toMatchObject({ approved: true });
	});

	it.each([
		['en', inChinese, 'Your Answer Is Needed'],
		['zh', {}, '请您答复'],
		['question', {}, 'Your Answer Is Needed'],
		['question', { message: 'May we ship this parcel to 王小明?' }, 'Your Answer Is Needed'],
		['question', { message: '可以把 ABC-12 发给 Tom 吗？' }, '请您答复'],
	])('is what the user says: %s', async (language, parameters, title) => {
		const execution = await ask({ ...FREE_TEXT, ...parameters, pageOptions: { language } });
		expect((await execution.open(link())).data).toContain(`<h1>${title}</h1>`);
	});

	it("leaves the user's own words alone", async () => {
		const approvalOptions = { values: { approvalType: 'double', approveLabel: 'Ship it' } };
		const execution = await ask({ ...inChinese, approvalOptions });
		const { data } = await execution.open(link());
		expect(labels(data)).toEqual(['Ship it', '拒绝']);
	});
});

describe('answering', () => {
	const respondedAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);

	it.each([
		['yes', true],
		['no', false],
	])('the button %s ends the wait', async (answer, approved) => {
		const execution = await ask(TWO_BUTTONS, { input: [{ order: 7 }] });
		const { status, data } = await execution.open(link(), { answer });
		expect(status).toBe(200);
		expect(data).toContain('your answer has been recorded');
		expect(execution.resumed?.run.status).toBe('success');
		expect(execution.resumed?.items).toEqual([
			{ json: { data: { approved, respondedAt } }, pairedItem: { item: 0 } },
		]);
		expect(simulator.control.messages()).toHaveLength(1);
	});

	it('a text ends the wait', async () => {
		const execution = await ask(FREE_TEXT);
		expect(controls((await execution.open(link())).data)).toMatchObject([{ name: 'answer' }, {}]);
		await execution.open(link(), { answer: ' 是的\r\n<b> & more ' });
		expect(execution.resumed?.items.map(({ json }) => json)).toEqual([
			{ data: { text: ' 是的\n<b> & more ', respondedAt } },
		]);
	});

	it.each<[string, object, Record<string, string>]>([
		['nothing', {}, {}],
		['an unknown button', TWO_BUTTONS, { answer: 'maybe' }],
		['a button that is not there', {}, { answer: 'no' }],
		['no text', FREE_TEXT, { answer: '' }],
		['spaces', FREE_TEXT, { answer: ' \r\n ' }],
		['another field', FREE_TEXT, { text: 'yes' }],
		['a list', FREE_TEXT, { 'answer[]': 'yes' }],
	])('%s shows the page again', async (_what, parameters, form) => {
		const execution = await ask(parameters);
		const { status, data } = await execution.open(link(), form);
		expect(status).toBe(400);
		expect(data).toContain('class="hint"');
		expect(data).toContain('<form method="post"');
		expect(execution.resumed).toBeUndefined();
	});

	it.each([[undefined], [{ answer: 'yes' }]])(
		'the link of another question says so, with the form %j',
		async (form) => {
			const execution = await ask(TWO_BUTTONS);
			const old = new URL(link());
			old.searchParams.set('question', 'another');
			const { status, data } = await execution.open(old.toString(), form);
			expect(status).toBe(200);
			expect(data).toContain('This question has been answered already.');
			expect(controls(data)).toEqual([]);
			expect(execution.resumed).toBeUndefined();
		},
	);

	it('every question has a link of its own', async () => {
		await ask();
		const first = link();
		await ask();
		const id = (address: string) => new URL(address).searchParams.get('question');
		expect(id(link())).toMatch(/^[0-9a-f-]{36}$/);
		expect(id(link())).not.toBe(id(first));
	});
});

describe('the longest wait', () => {
	const limit = (values: object) => ({ limitWaitTime: { values } });

	it.each([
		[{ limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' }, 45 * 60_000],
		[{ limitType: 'afterTimeInterval', resumeAmount: 1.5, resumeUnit: 'hours' }, 90 * 60_000],
		[{ resumeAmount: 2, resumeUnit: 'days' }, 48 * 3_600_000],
	])('%j', async (values, ms) => {
		const before = Date.now();
		const { run } = await ask(limit(values));
		const after = Date.now();
		expect(run.waitTill?.getTime()).toBeGreaterThanOrEqual(before + ms);
		expect(run.waitTill?.getTime()).toBeLessThanOrEqual(after + ms);
	});

	it.each([
		['2126-03-01T12:00:00+08:00', '2126-03-01T04:00:00.000Z'],
		['2126-07-01T12:00:00', '2126-07-01T16:00:00.000Z'],
		['2126-01-01 12:00', '2126-01-01T17:00:00.000Z'],
		['={{ new Date(Date.UTC(2126, 0, 2)) }}', '2126-01-02T00:00:00.000Z'],
		['={{ DateTime.fromISO("2126-01-02T00:00:00Z") }}', '2126-01-02T00:00:00.000Z'],
	])('until %s', async (maxDateAndTime, expected) => {
		const { run } = await ask(limit({ limitType: 'atSpecifiedTime', maxDateAndTime }));
		expect(run.waitTill?.toISOString()).toBe(expected);
	});

	it.each([
		[{ resumeAmount: 0 }, 'must be more than 0'],
		[{ resumeAmount: 'long' }, 'takes a number of minutes, hours or days'],
		[{ resumeAmount: 1e9, resumeUnit: 'days' }, 'takes a number of minutes, hours or days'],
		[{ limitType: 'atSpecifiedTime', maxDateAndTime: 'soon' }, 'takes a date and time'],
		[{ limitType: 'atSpecifiedTime', maxDateAndTime: '2020-01-01T00:00:00Z' }, 'is over'],
	])('refuses %j before anything is sent', async (values, message) => {
		const { asked } = await ask(limit(values));
		expect(asked.error?.message).toContain(`"Limit Wait Time" (limitWaitTime) ${message}`);
		expect(simulator.control.messages()).toEqual([]);
	});

	it('passes the input on when it is over', async () => {
		const execution = await ask(limit({ resumeAmount: 1 }), { input: [{ order: 7 }] });
		const late = await execution.timeOut();
		expect(late.run.status).toBe('success');
		expect(jsons(late)).toEqual([{ order: 7 }]);
		expect(simulator.control.messages()).toHaveLength(1);
	});
});
