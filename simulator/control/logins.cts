/** Control: logins, instances, developer accounts. */
import type { PushRecord } from '../log.cts';
import { confirmLogin } from '../logins.cts';
import { refusalModes, tokenModes, type Modes } from '../options.cts';
import type { Simulation } from '../simulation.cts';
import type { DeveloperAccount, Hosted, PendingLogin } from '../world-types.cts';
import { accountBy, ControlError, hostedBy, needText } from './input.cts';

export interface ScanInput {
	/** The wId that /iPadLogin or /loginByAccountAndPassword answered. */
	wId: string;
	/**
	 * scan: the phone has read the code; confirm: logged in; refuse: cancelled on the phone;
	 * verifyCode: the answer asks for a code (`code`, default 123456); moreVerification: the answer is
	 * code "200" with a page to open (`url`).
	 */
	step: 'scan' | 'confirm' | 'refuse' | 'verifyCode' | 'moreVerification';
	code?: string;
	url?: string;
	/** confirm: who scanned (default: the stored wcId of the request, or a new account). */
	wcId?: string;
}

/** Moves a QR login on, as the person with the phone does. */
export function scan(sim: Simulation, input: ScanInput): { wId: string; state: string } {
	needText('wId', input.wId);
	const login = sim.world.logins.get(input.wId);
	if (!login) throw new ControlError(`No login is under way for wId ${input.wId}`);
	if (login.state === 'confirmed' || login.state === 'refused') {
		throw new ControlError(`This login is over: ${login.state}`);
	}
	step(sim, login, input);
	sim.changes.emitEvent();
	return { wId: login.wId, state: login.state };
}

function step(sim: Simulation, login: PendingLogin, input: ScanInput): void {
	switch (input.step) {
		case 'scan':
			login.state = 'scanned';
			break;
		case 'confirm':
			confirmLogin(sim, login, input.wcId);
			break;
		case 'refuse':
			login.state = 'refused';
			break;
		case 'verifyCode':
			login.verifyCode = input.code ?? '123456';
			login.state = 'verifyCode';
			break;
		case 'moreVerification':
			login.verificationUrl = input.url ?? sim.media.url('qr', `verify-${login.wId}.png`);
			login.state = 'moreVerification';
			break;
		default:
			throw new ControlError('step must be scan, confirm, refuse, verifyCode or moreVerification');
	}
}

/** Throws a hosted account offline and pushes 30000 for the wId that is gone. */
export async function offline(
	sim: Simulation,
	input: { wcId?: string; reason?: string },
): Promise<PushRecord> {
	const me = hostedBy(sim, input.wcId);
	const instance = sim.world.onlineInstance(me.wcId);
	if (!instance) throw new ControlError(`${me.wcId} is offline already`);
	const reason = input.reason ?? '手机端退出登录';
	instance.online = false;
	me.offlineReason = reason;
	const data = { wId: instance.wId, content: reason, reason };
	return (await sim.pushEvent(me, '30000', data)).record;
}

/** Logs a hosted account in again: a NEW wId, unless a certain one is asked for. */
export function online(
	sim: Simulation,
	input: { wcId?: string; wId?: string; deviceType?: string },
): { wcId: string; wId: string } {
	const me = hostedBy(sim, input.wcId);
	const { wId } = sim.world.logIn(me, input.deviceType ?? 'ipad', input.wId);
	return { wcId: me.wcId, wId };
}

export interface HostInput {
	wcId: string;
	nickName?: string;
	/** Developer account (default: the first). */
	account?: string;
	/** For /loginByAccountAndPassword. */
	wAccount?: string;
	password?: string;
	/** A certain wId; default: a new one. */
	wId?: string;
}

/** Adds one more hosted WeChat and logs it in; it has no friends yet (see populate). */
export function host(sim: Simulation, input: HostInput): { wcId: string; wId: string } {
	needText('wcId', input.wcId);
	if (sim.world.hosted.has(input.wcId)) throw new ControlError(`${input.wcId} is hosted already`);
	const { wId, account, ...details } = input;
	const me = sim.world.addHosted({ ...details, account: accountBy(sim, account).account });
	return { wcId: me.wcId, wId: sim.world.logIn(me, 'ipad', wId).wId };
}

/** Adds a developer account or changes one: password, status 0 normal, 1 frozen, 2 expired. */
export function account(
	sim: Simulation,
	input: { account?: string; password?: string; status?: number },
): DeveloperAccount {
	const known = input.account === undefined || sim.world.accounts.has(input.account);
	const found = known
		? accountBy(sim, input.account)
		: sim.world.addAccount(input.account ?? '', input.password ?? '');
	if (input.password !== undefined) found.password = input.password;
	if (input.status !== undefined) {
		if (![0, 1, 2].includes(input.status)) throw new ControlError('status must be 0, 1 or 2');
		found.status = input.status as DeveloperAccount['status'];
	}
	return found;
}

/** Changes what /member/login hands out and how refusals are worded; a reset undoes it. */
export function mode(sim: Simulation, input: Partial<Modes>): Modes {
	const { token = sim.modes.token, refusals = sim.modes.refusals } = input;
	if (!tokenModes.includes(token)) {
		throw new ControlError(`token must be one of ${tokenModes.join(', ')}`);
	}
	if (!refusalModes.includes(refusals)) {
		throw new ControlError(`refusals must be one of ${refusalModes.join(', ')}`);
	}
	sim.modes = { token, refusals };
	return sim.modes;
}

/** Chooses how the next /secondLogin of a hosted account ends (spec/FACTS.md: Errors and limits). */
export function secondLogin(
	sim: Simulation,
	input: { wcId?: string; outcome: Hosted['secondLogin'] },
): { wcId: string; outcome: string } {
	const me = hostedBy(sim, input.wcId);
	if (!['ok', 'nested', 'failed'].includes(input.outcome)) {
		throw new ControlError('outcome must be ok, nested or failed');
	}
	me.secondLogin = input.outcome;
	return { wcId: me.wcId, outcome: me.secondLogin };
}
