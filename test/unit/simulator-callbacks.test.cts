import type { JsonObject } from '../../simulator/json.cts';
import { isJsonObject, numberText, parseExact } from '../../simulator/json.cts';
import { startSimulator } from '../../simulator/server.cts';
import { useSimulator } from '../support/useSimulator.cts';
import { control, data, post, startReceiver, type Receiver } from './simulatorClient.cts';

const sim = useSimulator({ pauseAfterFailureMs: 600_000, jobMs: 60_000 });
let receiver: Receiver;

beforeEach(async () => {
	receiver = await startReceiver();
});
afterEach(async () => await receiver.stop());

interface Push {
	account: string;
	wcId: string;
	messageType: string;
	data: JsonObject;
}

const parsed = (body: string): Push => {
	const json = parseExact(body);
	if (!isJsonObject(json)) throw new Error('no object');
	return { ...json, messageType: numberText(json.messageType) ?? json.messageType } as never;
};

/** Registers the receiver and waits for the check push. */
const register = async (type = 2): Promise<void> => {
	await post(sim, '/setHttpCallbackUrl', { httpUrl: receiver.url, type });
	await receiver.received(1);
};

const last = (): Push => parsed(receiver.bodies.at(-1) ?? '');

describe('registering', () => {
	it('is followed by the check push, and /member/login knows the address', async () => {
		await register();
		expect(receiver.bodies).toHaveLength(1);
		expect(receiver.bodies[0]).toContain('验证回调地址是否可用');
		expect(last()).toMatchObject({ messageType: '00000', account: sim.defaults.account });
		const { account, password } = sim.defaults;
		const login = await post(sim, '/member/login', { account, password });
		expect(login.data).toMatchObject({ callbackUrl: receiver.url });
	});

	it('is undone by /cancelHttpCallbackUrl', async () => {
		await register();
		await post(sim, '/cancelHttpCallbackUrl');
		const said = await sim.control.say({ from: sim.defaults.friend, text: '在吗' });
		expect(said).toMatchObject({ delivered: false, reason: 'no callback address' });
		expect(receiver.bodies).toHaveLength(1);
	});

	it('refuses what is no address', async () => {
		const answer = await post(sim, '/setHttpCallbackUrl', { httpUrl: 'localhost:5678', type: 2 });
		expect(answer.code).toBe('1001');
	});
});

describe('messages', () => {
	beforeEach(async () => await register());

	it('from a friend come as 60001 with bare 64-bit integers', async () => {
		const said = await control<{ newMsgId: string; delivered: boolean }>(sim, 'say', {
			from: sim.defaults.friend,
			text: '你好',
		});
		expect(said.delivered).toBe(true);
		expect(receiver.bodies[1]).toContain(`"newMsgId":${said.newMsgId},`);
		expect(last()).toMatchObject({ messageType: '60001', wcId: sim.defaults.wcId });
		expect(last().data).toMatchObject({
			wId: sim.defaults.wId,
			fromUser: sim.defaults.friend,
			toUser: sim.defaults.wcId,
			content: '你好',
			pushContent: '小明 : 你好',
			self: false,
		});
		expect(last().data).not.toHaveProperty('fromGroup');
	});

	it('in a group come as 80001, mentions in atlist', async () => {
		const { friend: from, group, wcId } = sim.defaults;
		await sim.control.say({ from, group, text: '@小助手 在吗', at: [wcId] });
		expect(last()).toMatchObject({ messageType: '80001' });
		expect(last().data).toMatchObject({ fromGroup: group, fromUser: from, atlist: [wcId] });
		await sim.control.say({ from, group, text: '算了' });
		expect(last().data).not.toHaveProperty('atlist');
	});

	it('written on our own phone have self true, sent through the API make none', async () => {
		const { wcId, friend } = sim.defaults;
		await sim.control.say({ from: wcId, to: friend, text: '我自己写的' });
		expect(last().data).toMatchObject({ self: true, fromUser: wcId, toUser: friend });
		await data(sim, '/sendText', { wcId: friend, content: 'API' });
		await sim.control.say({ from: friend, text: '最后' });
		expect(receiver.bodies).toHaveLength(3);
	});

	it('come only from people who could write', async () => {
		const stranger = sim.control.say({ from: 'wxid_stranger00001', text: 'x' });
		await expect(stranger).rejects.toThrow('no friend');
		const { friend: from } = sim.defaults;
		const elsewhere = sim.control.say({ from, group: '24343869723@chatroom', text: 'x' });
		await expect(elsewhere).rejects.toThrow('is not in');
	});
});

describe('any event', () => {
	beforeEach(async () => await register());

	it('takes data over the usual fields, 64-bit integers given as text become bare', async () => {
		const newMsgId = '7365193471029381234';
		await control(sim, 'push', {
			messageType: '60014',
			data: { newMsgId, title: '引用的话' },
			omit: ['pushContent', 'self'],
		});
		expect(receiver.bodies[1]).toContain(`"newMsgId":${newMsgId}`);
		expect(last()).toMatchObject({
			messageType: '60014',
			data: { title: '引用的话', msgType: expect.anything() },
		});
		expect(last().data).not.toHaveProperty('self');
	});

	it('takes bare wide digits in the control body too', async () => {
		await control(sim, 'push', { messageType: '60001', data: { newMsgId: 7365193471029381234n } });
		expect(receiver.bodies[1]).toContain('"newMsgId":7365193471029381234');
	});

	it('sends a raw body as it stands and repeats it byte for byte', async () => {
		await control(sim, 'push', { raw: '{"oops' });
		await control(sim, 'repeat', { times: 2 });
		expect(receiver.bodies.slice(1)).toEqual(['{"oops', '{"oops', '{"oops']);
	});

	it('keeps fifty at once apart', async () => {
		const { friend: from } = sim.defaults;
		const texts = Array.from({ length: 50 }, (_, n) => `消息${String(n)}`);
		const said = await Promise.all(texts.map((text) => sim.control.say({ from, text })));
		expect(said.every(({ delivered }) => delivered)).toBe(true);
		expect(new Set(said.map(({ newMsgId }) => newMsgId)).size).toBe(50);
		expect(receiver.bodies).toHaveLength(51);
	});
});

describe('the legacy format (type 1)', () => {
	it('has integers, and the speaker in front of a group message', async () => {
		await register(1);
		const { friend: from, group } = sim.defaults;
		await sim.control.say({ from, text: '你好' });
		expect(receiver.bodies[1]).toContain('"messageType":5,');
		await sim.control.say({ from, group, text: '大家好' });
		expect(receiver.bodies[2]).toContain('"messageType":9,');
		expect(last().data.content).toBe(`${from}:\n大家好`);
		await sim.control.push({ messageType: '60006' });
		expect(receiver.bodies[3]).toContain('"messageType":13,');
		expect(numberText(last().data.msgType)).toBe('47');
		const unknown = await sim.control.push({ messageType: '30002', data: { id: 'x' } });
		expect(unknown.delivered).toBe(false);
	});
});

describe('a receiver in trouble', () => {
	const say = async (): Promise<unknown> =>
		await sim.control.say({ from: sim.defaults.friend, text: 'x' });

	it('pauses pushing after an answer other than 200, until it registers again', async () => {
		await register();
		receiver.status = 500;
		expect(await say()).toMatchObject({ delivered: false, status: 500 });
		receiver.status = 200;
		expect(await say()).toMatchObject({ delivered: false, reason: 'paused' });
		expect(receiver.bodies).toHaveLength(2);
		await post(sim, '/setHttpCallbackUrl', { httpUrl: receiver.url, type: 2 });
		await receiver.received(3);
		expect(await say()).toMatchObject({ delivered: true });
		// What was missed is not pushed again.
		expect(receiver.bodies).toHaveLength(4);
		expect(sim.control.pushes().map(({ reason }) => reason)).toEqual([
			undefined,
			'HTTP 500',
			'paused',
			undefined,
			undefined,
		]);
	});

	it('pauses after the time limit', async () => {
		const strict = await startSimulator({ pauseAfterFailureMs: 600_000, pushTimeoutMs: 150 });
		const toStrict = { from: strict.defaults.friend, text: 'x' };
		try {
			// It never answers while the test runs, so that a slow machine changes nothing.
			receiver.delayMs = 600_000;
			await post(strict, '/setHttpCallbackUrl', { httpUrl: receiver.url, type: 2 });
			while (strict.control.pushes()[0]?.reason === undefined) await new Promise(setImmediate);
			expect(strict.control.pushes()[0]).toMatchObject({ delivered: false, status: 0 });
			expect(await strict.control.say(toStrict)).toMatchObject({ reason: 'paused' });
		} finally {
			await strict.stop();
		}
	});

	it('gets new messages when the pause is over', async () => {
		const impatient = await startSimulator({ pauseAfterFailureMs: 1 });
		try {
			await post(impatient, '/setHttpCallbackUrl', { httpUrl: receiver.url, type: 2 });
			await receiver.received(1);
			receiver.status = 404;
			await impatient.control.say({ from: impatient.defaults.friend, text: 'x' });
			receiver.status = 200;
			const account = impatient.world.accounts.get(impatient.defaults.account);
			while (Date.now() < (account?.pausedUntilMs ?? 0)) await new Promise(setImmediate);
			const said = await impatient.control.say({ from: impatient.defaults.friend, text: 'y' });
			expect(said.delivered).toBe(true);
		} finally {
			await impatient.stop();
		}
	});
});

describe('events of the world', () => {
	beforeEach(async () => await register());

	it('offline pushes 30000 for the wId that is gone', async () => {
		const { wId } = sim.defaults;
		await sim.control.offline({ reason: '被挤下线' });
		expect(last()).toMatchObject({ messageType: '30000', data: { wId, reason: '被挤下线' } });
	});

	it('a friend request can be accepted with what it pushed, exactly', async () => {
		await sim.control.friendRequest({ nickName: '新朋友', from: 'wxid_new', scene: 3 });
		const { v1, v2, scene } = last().data;
		const wrong = await post(sim, '/acceptUser', { wId: sim.defaults.wId, v1, v2: v1, type: 3 });
		expect(wrong.code).toBe('1001');
		await data(sim, '/acceptUser', { v1, v2, type: scene });
		expect(sim.defaults.friends).toContain('wxid_new');
		await receiver.received(3);
		expect(last()).toMatchObject({ messageType: '65001', data: { userName: 'wxid_new', v1 } });
	});

	it('the two video jobs run, are done, and push 30002 and 30003', async () => {
		const body = { msgId: 2562652205, content: '<msg/>' };
		const { id } = await data<{ id: string }>(sim, '/asynGetMsgVideo', body);
		const running = await data(sim, '/getMsgVideoRes', { wId: undefined, id });
		expect(JSON.stringify(running)).toContain('"url":null');
		await sim.control.finishJob({ id });
		expect(last()).toMatchObject({ messageType: '30002', data: { id } });
		const done = await data(sim, '/getMsgVideoRes', { wId: undefined, id });
		expect([numberText(done.type), done.url]).toEqual(['1', expect.stringContaining('.mp4')]);

		const video = { content: '视频', videoPath: 'http://a/b.mp4', thumbPath: 'http://a/b.png' };
		const { asynId } = await data<{ asynId: string }>(sim, '/asynSnsSendVideo', video);
		const before = await data(sim, '/getAsynSnsSendVideoRes', { wId: undefined, asynId });
		expect([numberText(before.type), before.id]).toEqual(['0', null]);
		await sim.control.finishJob();
		expect(last()).toMatchObject({ messageType: '30003', data: { asynId } });
		const after = await data(sim, '/getAsynSnsSendVideoRes', { wId: undefined, asynId });
		expect(after.id).toBe(last().data.id);
		expect(sim.world.moments.has(BigInt(String(after.id)))).toBe(true);
	});

	it('a job can fail', async () => {
		const body = { msgId: 1, content: '<msg/>' };
		const { id } = await data<{ id: string }>(sim, '/asynGetMsgVideo', body);
		await sim.control.finishJob({ id, failure: '视频已过期' });
		const failed = await data(sim, '/getMsgVideoRes', { wId: undefined, id });
		expect([numberText(failed.type), failed.des]).toEqual(['2', '视频已过期']);
	});
});
