/** The vendor's API: token, validation, instance, handler, envelope. */
import { Body } from './body.cts';
import { Call } from './call.cts';
import { ASSUMED, Envelope, FAILED, UnknownLogin, VendorFailure } from './envelope.cts';
import { isJsonObject, parseExact, type JsonObject } from './json.cts';
import { handlers } from './modules/index.cts';
import type { Modes } from './options.cts';
import type { Simulation } from './simulation.cts';
import { pathRules, sampleAnswer, type PathRule } from './spec.cts';
import { presentPath } from './tolerance.cts';
import { validate } from './validation.cts';
import type { DeveloperAccount, Instance } from './world-types.cts';

/**
 * Paths whose wId may name something else than an online login: a login that is under way
 * (/getIPadLoginInfo, /loginByAccountAndPassword), or one that is gone (/isOnline answers 1000).
 */
const ANY_WID = new Set(['/getIPadLoginInfo', '/loginByAccountAndPassword', '/isOnline']);

/**
 * Answers one request inside HTTP 200. Takes the raw token and the raw body.
 *
 * Assumed, vendor undocumented (spec/FACTS.md: Errors and limits): business failures are an HTTP 200 with code "1001", and so
 * are a bad token, a frozen or expired account, a body that is no JSON, and an unknown or offline wId.
 */
export async function answer(
	sim: Simulation,
	rule: PathRule,
	token: string | undefined,
	text: string,
): Promise<Envelope> {
	try {
		const account = rule.authorization ? authorize(sim, token) : undefined;
		const json = parseBody(text);
		const faults = validate(rule, json, sim.options.strict);
		if (faults.length > 0) throw new VendorFailure(`参数错误：${faults.join('；')}`);
		const body = new Body(json);
		const instance = account && findInstance(sim, rule, account, body);
		if (instance) countUse(instance, text);
		return await handle(new Call(sim, rule.path, body, account, instance));
	} catch (error) {
		if (error instanceof VendorFailure) return refusal(sim.modes.refusals, error);
		throw error;
	}
}

function refusal(mode: Modes['refusals'], error: VendorFailure): Envelope {
	const wordless = mode === 'none' || (mode === 'login' && error instanceof UnknownLogin);
	return wordless ? new Envelope('1001', FAILED, null) : error.toEnvelope();
}

function authorize(sim: Simulation, token: string | undefined): DeveloperAccount {
	const account = sim.world.accountByToken(token);
	if (!account) throw new VendorFailure(ASSUMED.badToken);
	if (account.status === 1) throw new VendorFailure(ASSUMED.frozen);
	if (account.status === 2) throw new VendorFailure(ASSUMED.expired);
	return account;
}

/** An empty body is {}: operations without parameters may be called so (spec/FACTS.md: Anomalies, Structure). */
function parseBody(text: string): JsonObject {
	if (text.trim() === '') return {};
	try {
		const json = parseExact(text);
		if (isJsonObject(json)) return json;
		// What public clients send where there is nothing to send: Go's nil map, PHP's empty array.
		if (json === null || (Array.isArray(json) && json.length === 0)) return {};
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
	}
	throw new VendorFailure(ASSUMED.badJson);
}

function findInstance(
	sim: Simulation,
	rule: PathRule,
	account: DeveloperAccount,
	body: Body,
): Instance | undefined {
	const takesWid = rule.params.some((param) => param.name === 'wId');
	if (!takesWid || ANY_WID.has(rule.path)) return undefined;
	const found = sim.world.instances.get(body.text('wId'));
	if (!found?.online || found.account !== account.account) {
		throw new UnknownLogin(body.text('wId'));
	}
	return found;
}

function countUse(instance: Instance, text: string): void {
	instance.requests += 1;
	instance.bytes += Buffer.byteLength(text);
}

async function handle(call: Call): Promise<Envelope> {
	const sample = sampleAnswer(call.path);
	const handler = call.sim.options.examples ? undefined : handlers[call.path];
	const result = handler ? await handler(call) : sample.data;
	return result instanceof Envelope ? result : new Envelope('1000', sample.message, result);
}

/** The rule of a path, or undefined for a path the vendor does not have. Strict: no earlier paths. */
export function ruleOf(path: string, strict: boolean): PathRule | undefined {
	return pathRules.get(strict ? path : presentPath(path));
}
