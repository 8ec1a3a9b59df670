/** Login module. */
import type { Handler, Handlers } from '../call.cts';
import { ASSUMED, Envelope, UnknownLogin, VendorFailure } from '../envelope.cts';
import { instanceId, loginToken } from '../ids.cts';
import { confirmLogin, loginData } from '../logins.cts';
import type { Simulation } from '../simulation.cts';
import type { DeveloperAccount, PendingLogin } from '../world-types.cts';

/** The vendor's text where a WeChat or developer password is wrong (spec/FACTS.md: Errors and limits). */
const WRONG_PASSWORD = '用户名或密码错误';

/** The vendor's text when a code is to be typed in (spec/FACTS.md: Errors and limits; its code is unknown: assumed 1001). */
const ASK_CODE = '请在ipad上输入验证码';

const memberLogin: Handler = ({ sim, world, body }) => {
	const account = world.accounts.get(body.text('account'));
	if (!account || account.password !== body.text('password')) {
		throw new VendorFailure(WRONG_PASSWORD);
	}
	account.loginToken = sim.modes.token === 'changing' ? loginToken(account.account) : null;
	const { callback, status, token } = account;
	return {
		callbackUrl: callback?.url ?? null,
		status,
		Authorization: account.loginToken ?? token,
	};
};

function startLogin(
	sim: Simulation,
	account: DeveloperAccount,
	details: Partial<PendingLogin>,
): PendingLogin {
	const login: PendingLogin = {
		wId: instanceId(),
		account: account.account,
		wcId: '',
		deviceType: 'ipad',
		state: 'waiting',
		verifyCode: '',
		verificationUrl: '',
		byPassword: false,
		...details,
	};
	sim.world.logins.set(login.wId, login);
	if (sim.options.autoConfirmMs !== undefined) {
		sim.timers.later(sim.options.autoConfirmMs, () => {
			if (login.state === 'waiting' || login.state === 'scanned') confirmLogin(sim, login);
			sim.changes.emitEvent();
		});
	}
	return login;
}

const iPadLogin: Handler = ({ sim, account, body, media }) => {
	const login = startLogin(sim, account, {
		wcId: body.text('wcId'),
		deviceType: body.text('deviceType'),
	});
	return { wId: login.wId, qrCodeUrl: media.url('qr', `${login.wId}.png`) };
};

/**
 * Step 1 (no wId): a new wId and the QR code as base64. Step 2 (that wId): logged in, unless the
 * control interface has refused it. How long the vendor waits in step 2 is unknown: assumed that the
 * QR code of step 1 is done with by then.
 */
const loginByAccountAndPassword: Handler = ({ sim, world, account, body, media }) => {
	const found = [...world.hosted.values()].find(
		(me) => [me.wAccount, me.wcId].includes(body.text('account')) && me.account === account.account,
	);
	if (!found || found.password !== body.text('password')) throw new VendorFailure(WRONG_PASSWORD);
	const wId = body.text('wId');
	if (wId === '') {
		const login = startLogin(sim, account, { wcId: found.wcId, byPassword: true });
		return { wId: login.wId, base64: media.qrBase64() };
	}
	const login = world.logins.get(wId);
	if (!login?.byPassword) throw new UnknownLogin(wId);
	if (login.state === 'refused') throw new VendorFailure(ASSUMED.loginRefused);
	if (login.state !== 'confirmed') confirmLogin(sim, login);
	return loggedIn(sim, login);
};

function loggedIn(sim: Simulation, login: PendingLogin): ReturnType<typeof loginData> {
	const instance = sim.world.instances.get(login.wId);
	const me = sim.world.hosted.get(login.wcId);
	if (!instance?.online || !me) throw new UnknownLogin(login.wId);
	return loginData(sim, me, instance);
}

/** Assumed: asking again for a login that is long over answers the account, as public clients expect. */
function alreadyIn(sim: Simulation, wId: string, account: string): ReturnType<typeof loginData> {
	const instance = sim.world.instances.get(wId);
	const me = instance && sim.world.hosted.get(instance.wcId);
	if (!me || !instance.online || instance.account !== account) {
		throw new UnknownLogin(wId);
	}
	return loginData(sim, me, instance);
}

/** Waits for the phone; says what is to be done next, or who has logged in (spec/FACTS.md: Login flow). */
const getIPadLoginInfo: Handler = async ({ sim, world, account, body }) => {
	const wId = body.text('wId');
	const login = world.logins.get(wId);
	if (!login || login.account !== account.account) {
		return new Envelope('1000', '处理成功', alreadyIn(sim, wId, account.account));
	}
	typeCode(sim, login, body.text('verifyCode'));
	const autoCheck = body.flag('autoCheck');
	await sim.changes.until(() => settled(login, autoCheck), sim.options.loginWaitMs);
	switch (login.state) {
		case 'confirmed':
			return new Envelope('1000', '处理成功', loggedIn(sim, login));
		case 'refused':
			throw new VendorFailure(ASSUMED.loginRefused);
		case 'verifyCode':
			throw new VendorFailure(ASK_CODE);
		case 'moreVerification':
			if (autoCheck) throw new VendorFailure(ASSUMED.loginTimeout);
			// The next call waits again, until the page has been dealt with.
			login.state = 'scanned';
			return new Envelope('200', '处理成功', { url: login.verificationUrl });
		default:
			throw new VendorFailure(ASSUMED.loginTimeout);
	}
};

function typeCode(sim: Simulation, login: PendingLogin, code: string): void {
	if (login.state !== 'verifyCode' || code === '') return;
	if (code !== login.verifyCode) throw new VendorFailure(ASSUMED.badVerifyCode);
	confirmLogin(sim, login);
}

/** With autoCheck the gateway opens the verification page itself (spec/FACTS.md: Parameters): nothing to tell. */
function settled(login: PendingLogin, autoCheck: boolean): boolean {
	if (login.state === 'moreVerification') return !autoCheck;
	return login.state !== 'waiting' && login.state !== 'scanned';
}

/** The failure may hide inside a success (spec/FACTS.md: Errors and limits). An account that never logged in fails so too. */
const secondLogin: Handler = ({ sim, world, account, body }) => {
	const me = world.hosted.get(body.text('wcId'));
	const outcome = me?.account === account.account ? me.secondLogin : 'nested';
	if (me) me.secondLogin = 'ok';
	if (outcome === 'failed') throw new VendorFailure('系统失败,请重试');
	if (!me || outcome === 'nested') {
		return { message: '二次登录失败，请重新扫码登录', code: '1001', data: null };
	}
	const { deviceType, type, uin, mobilePhone, ...data } = loginData(
		sim,
		me,
		world.logIn(me, 'ipad'),
	);
	void [deviceType, type, uin, mobilePhone];
	return data;
};

const initAddressList: Handler = async ({ sim, instance }) => {
	await sim.timers.wait(sim.options.initAddressListMs);
	instance.addressListReady = true;
	return null;
};

/** Empty until /initAddressList was called in this login; groups only if saved, null if none (spec/FACTS.md: Key shapes). */
const getAddressList: Handler = ({ world, me, instance }) => {
	if (!instance.addressListReady) return { chatrooms: [], friends: [], ghs: [], others: [] };
	const kind = (wanted: string): string[] =>
		[...me.friends.keys()].filter((wcId) => world.people.get(wcId)?.kind === wanted);
	return {
		chatrooms: me.savedGroups.size > 0 ? [...me.savedGroups] : null,
		friends: kind('person'),
		ghs: kind('official'),
		others: kind('system'),
	};
};

export const loginHandlers: Handlers = {
	'/member/login': memberLogin,
	'/iPadLogin': iPadLogin,
	'/loginByAccountAndPassword': loginByAccountAndPassword,
	'/getIPadLoginInfo': getIPadLoginInfo,
	'/secondLogin': secondLogin,
	'/initAddressList': initAddressList,
	'/getAddressList': getAddressList,
};
