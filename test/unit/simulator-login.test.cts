import axios from 'axios';
import type { JsonObject } from '../../simulator/json.cts';
import { startSimulator } from '../../simulator/server.cts';
import { useSimulator } from '../support/useSimulator.cts';
import { control, data, post, type Answer } from './simulatorClient.cts';

const sim = useSimulator({ initAddressListMs: 1 });

const qrLogin = async (wcId = ''): Promise<{ wId: string; qrCodeUrl: string }> =>
	await data(sim, '/iPadLogin', { wId: undefined, wcId, deviceType: 'ipad', proxy: 2 });

const wait = async (wId: string, more: JsonObject = {}): Promise<Answer> =>
	await post(sim, '/getIPadLoginInfo', { wId, autoCheck: false, ...more });

describe('developer account', () => {
	const login = async (password: string): Promise<Answer> => {
		const { account } = sim.defaults;
		const response = await axios.post<Answer>(`${sim.url}/member/login`, { account, password });
		return response.data;
	};

	const tokenOf = async (): Promise<string> => {
		const answer = (await login(sim.defaults.password)).data as unknown as Record<string, string>;
		expect(answer).toEqual({ callbackUrl: null, status: 0, Authorization: expect.any(String) });
		return answer.Authorization;
	};

	const asked = async (Authorization: string): Promise<Answer> => {
		const headers = { Authorization };
		return (await axios.post<Answer>(`${sim.url}/queryLoginWx`, {}, { headers })).data;
	};

	it('gets a new token at each log-in, without Bearer, which ends the one before', async () => {
		const first = await tokenOf();
		expect((await asked(first)).code).toBe('1000');
		const second = await tokenOf();
		expect(second).not.toBe(first);
		expect((await asked(second)).code).toBe('1000');
		expect(await asked(first)).toEqual(await asked('nonsense'));
	});

	it('keeps its permanent token, whatever the log-ins hand out', async () => {
		expect(await tokenOf()).not.toBe(sim.defaults.token);
		expect((await asked(sim.defaults.token)).code).toBe('1000');
	});

	it('gets the permanent token from a vendor that has only that one', async () => {
		const changing = await tokenOf();
		await control(sim, 'mode', { token: 'permanent' });
		expect(await tokenOf()).toBe(sim.defaults.token);
		expect((await asked(changing)).code).toBe('1001');
		sim.control.reset();
		expect(await tokenOf()).not.toBe(sim.defaults.token);
	});

	it('refuses another password with the vendor’s text', async () => {
		expect(await login('wrong')).toEqual({
			code: '1001',
			message: '用户名或密码错误',
			data: null,
		});
	});

	it.each([
		[1, '冻结'],
		[2, '到期'],
	])('with status %i still logs in, while its token is refused', async (status, text) => {
		sim.control.account({ status });
		expect((await login(sim.defaults.password)).data).toMatchObject({ status });
		const refused = await post(sim, '/queryLoginWx');
		expect([refused.code, refused.message]).toEqual(['1001', expect.stringContaining(text)]);
	});
});

describe('login by QR code', () => {
	it('waits for the phone, then answers who is logged in under the wId of /iPadLogin', async () => {
		const old = sim.defaults.wId;
		const { wId, qrCodeUrl } = await qrLogin(sim.defaults.wcId);
		const picture = await axios.get<ArrayBuffer>(qrCodeUrl, { responseType: 'arraybuffer' });
		expect(Buffer.from(picture.data).subarray(1, 4).toString()).toBe('PNG');
		const waiting = wait(wId);
		sim.control.scan({ wId, step: 'scan' });
		sim.control.scan({ wId, step: 'confirm' });
		const { code, data: who } = await waiting;
		expect(code).toBe('1000');
		expect(who).toMatchObject({ wId, wcId: sim.defaults.wcId, deviceType: 'ipad' });
		expect(sim.defaults.wId).toBe(wId);
		expect(wId).not.toBe(old);
		const gone = await post(sim, '/sendText', { wId: old, wcId: 'azhichao', content: 'x' });
		expect([gone.code, gone.message]).toEqual(['1001', expect.stringContaining('wId')]);
	});

	it('makes a new account on a first login', async () => {
		const { wId } = await qrLogin();
		sim.control.scan({ wId, step: 'confirm' });
		const { data: who } = await wait(wId);
		expect((who as JsonObject).wcId).toMatch(/^wxid_/);
		expect(await data<JsonObject[]>(sim, '/queryLoginWx')).toHaveLength(2);
	});

	it('answers code 200 with a page for more verification, then goes on waiting', async () => {
		const { wId } = await qrLogin();
		sim.control.scan({ wId, step: 'moreVerification', url: 'http://127.0.0.1/verify' });
		expect(await wait(wId)).toEqual({
			code: '200',
			message: '处理成功',
			data: { url: 'http://127.0.0.1/verify' },
		});
		const again = wait(wId);
		sim.control.scan({ wId, step: 'confirm' });
		expect((await again).code).toBe('1000');
	});

	it('asks for a code and takes only the right one', async () => {
		const { wId } = await qrLogin();
		sim.control.scan({ wId, step: 'verifyCode', code: '246810' });
		expect((await wait(wId)).message).toBe('请在ipad上输入验证码');
		expect((await wait(wId, { verifyCode: '1' })).code).toBe('1001');
		expect((await wait(wId, { verifyCode: '246810' })).code).toBe('1000');
	});

	it('says so when the phone refuses, and when the time is over', async () => {
		const refused = await qrLogin();
		sim.control.scan({ wId: refused.wId, step: 'refuse' });
		expect((await wait(refused.wId)).code).toBe('1001');
		const short = await startSimulator({ loginWaitMs: 10 });
		try {
			const body = { wcId: '', deviceType: 'ipad', proxy: 2 };
			const { wId } = await data<{ wId: string }>(short, '/iPadLogin', { wId: undefined, ...body });
			const answer = await post(short, '/getIPadLoginInfo', { wId, autoCheck: false });
			expect(answer).toMatchObject({ code: '1001', message: expect.stringContaining('超时') });
		} finally {
			await short.stop();
		}
	});

	it('confirms itself when told so', async () => {
		const alone = await startSimulator({ autoConfirmMs: 5 });
		try {
			const body = { wcId: '', deviceType: 'ipad', proxy: 2 };
			const { wId } = await data<{ wId: string }>(alone, '/iPadLogin', { wId: undefined, ...body });
			const answer = await post(alone, '/getIPadLoginInfo', { wId, autoCheck: true });
			expect(answer.code).toBe('1000');
		} finally {
			await alone.stop();
		}
	});
});

describe('other logins', () => {
	it('/loginByAccountAndPassword goes in two steps', async () => {
		const body = { wId: undefined, account: 'simulator_host', proxy: 2 };
		const wrong = await post(sim, '/loginByAccountAndPassword', { ...body, password: 'x' });
		expect(wrong.message).toBe('用户名或密码错误');
		const good = { ...body, password: 'wechat-secret' };
		const step1 = await data<JsonObject>(sim, '/loginByAccountAndPassword', { ...good, wId: '' });
		expect(Buffer.from(String(step1.base64), 'base64').subarray(1, 4).toString()).toBe('PNG');
		const { wId } = step1;
		const step2 = await data(sim, '/loginByAccountAndPassword', { ...good, wId });
		expect(step2).toMatchObject({ wId, wcId: sim.defaults.wcId });
	});

	it('/secondLogin gives a new wId, or hides its failure inside a success', async () => {
		const { wId: old, wcId } = sim.defaults;
		const again = async (): Promise<Answer> => await post(sim, '/secondLogin', { wcId });
		expect((await again()).data).toMatchObject({ wcId, wId: sim.defaults.wId });
		expect(sim.defaults.wId).not.toBe(old);
		sim.control.secondLogin({ outcome: 'nested' });
		expect(await again()).toEqual({
			code: '1000',
			message: '成功',
			data: { message: '二次登录失败，请重新扫码登录', code: '1001', data: null },
		});
		sim.control.secondLogin({ outcome: 'failed' });
		expect(await again()).toMatchObject({ code: '1001', message: '系统失败,请重试' });
	});
});

describe('refusals', () => {
	const refused = async (): Promise<string[]> => {
		const gone = await post(sim, '/sendText', { wId: 'gone', wcId: 'azhichao', content: 'x' });
		const other = await post(sim, '/getIPadLoginInfo', { wId: 'gone', autoCheck: false });
		const { wId } = sim.defaults;
		const nobody = await post(sim, '/sendText', { wId, wcId: 'wxid_nobody', content: 'x' });
		for (const { code } of [gone, other, nobody]) expect(code).toBe('1001');
		return [gone, other, nobody].map(({ message }) => message);
	};
	const told = [
		expect.stringContaining('wId'),
		expect.stringContaining('wId'),
		expect.stringContaining('wcId'),
	];

	it('say 失败 and nothing else about a login that is gone, or about anything, on demand', async () => {
		expect(await refused()).toEqual(told);
		await control(sim, 'mode', { refusals: 'login' });
		expect(await refused()).toEqual(['失败', '失败', told[2]]);
		sim.control.mode({ refusals: 'none' });
		expect(await refused()).toEqual(['失败', '失败', '失败']);
		sim.control.reset();
		expect(await refused()).toEqual(told);
	});

	it.each([{ token: 'x' }, { refusals: 'x' }])('knows no mode %j', async (mode) => {
		await expect(control(sim, 'mode', mode)).rejects.toMatchObject({ response: { status: 400 } });
	});
});

describe('after the login', () => {
	it('has an address list only once it was initialised', async () => {
		const empty = { chatrooms: [], friends: [], ghs: [], others: [] };
		expect(await data(sim, '/getAddressList')).toEqual(empty);
		await data(sim, '/initAddressList');
		const list = await data<Record<string, string[]>>(sim, '/getAddressList');
		expect(list.friends).toEqual(sim.defaults.friends);
		expect(list.chatrooms).toEqual(sim.defaults.groups);
		expect(list.others).toContain('filehelper');
		sim.control.online();
		expect(await data(sim, '/getAddressList')).toEqual(empty);
	});

	it('/isOnline always succeeds; /member/offline and the phone end it', async () => {
		const { wId, wcId, account } = sim.defaults;
		const online = async (): Promise<JsonObject> => await data(sim, '/isOnline', { wId });
		expect(await online()).toEqual({ isOnline: true });
		await data(sim, '/member/offline', { wId: undefined, account, wcIds: [wcId] });
		expect(await online()).toEqual({ isOnline: false });
		expect(await data(sim, '/queryLoginWx')).toEqual([]);
		sim.control.online();
		await sim.control.offline({ reason: '被挤下线' });
		expect(await data(sim, '/queryLoginWx')).toEqual([]);
		expect(await data(sim, '/offlineReason', { wcId })).toEqual([{ wcId, reason: '被挤下线' }]);
	});

	it('/offlineReason answers once in twelve hours', async () => {
		const { wcId } = sim.defaults;
		expect(await data(sim, '/offlineReason', { wcId })).toEqual([{ wcId, reason: null }]);
		expect((await post(sim, '/offlineReason', { wcId })).code).toBe('1001');
	});

	it('counts requests for each instance', async () => {
		await data(sim, '/finderHome');
		const [row] = await data<JsonObject[]>(sim, '/getReqTimes');
		expect(row).toMatchObject({ wid: sim.defaults.wId, wcId: sim.defaults.wcId });
		expect(String(row.times)).toBe('1');
	});
});
