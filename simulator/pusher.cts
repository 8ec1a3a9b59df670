/**
 * Pushes callbacks as the vendor does (spec/FACTS.md: Transport): POST of JSON to the one address of a developer
 * account, a time limit of 6 s, and a rest of 10 minutes after a push that failed; setting the
 * address again ends the rest at once.
 *
 * Assumed, vendor undocumented: an answer other than HTTP 200 counts as a failure, also for the check
 * push; messages missed during the rest are not pushed again later; events that have no number in the
 * legacy table are not pushed in the legacy format.
 */
import axios from 'axios';
import { formatExact, type JsonObject } from './json.cts';
import { toLegacy } from './legacy.cts';
import { Log, type PushRecord } from './log.cts';
import type { DeveloperAccount } from './world-types.cts';

/** What the check push after /setHttpCallbackUrl says (spec/FACTS.md: Transport). Which field holds it is unknown. */
const CHECK_TEXT = '验证回调地址是否可用';

export interface PusherOptions {
	pauseAfterFailureMs: number;
	pushTimeoutMs: number;
}

/** One event before it is put into a format. */
export interface CallbackEvent {
	account: string;
	wcId: string;
	/** A string code of 优化版, or a number to send it as it stands. */
	messageType: string | number;
	data: JsonObject;
}

export class Pusher {
	readonly log = new Log<PushRecord>();
	private count = 0;
	private lastBody: { account: DeveloperAccount; body: string; messageType: string } | undefined;
	private readonly stopping = new AbortController();

	constructor(private readonly options: PusherOptions) {}

	/** Sets the address (ending a rest) and sends the check push. */
	async register(account: DeveloperAccount, url: string, type: 1 | 2): Promise<PushRecord> {
		account.callback = { url, type };
		account.pausedUntilMs = 0;
		const body = formatExact({
			account: account.account,
			messageType: '00000',
			data: { content: CHECK_TEXT, timestamp: Math.floor(Date.now() / 1000) },
		});
		return await this.send(account, body, '00000');
	}

	/** Pushes an event in the format the account has chosen. Never throws; the record says what happened. */
	async push(account: DeveloperAccount, event: CallbackEvent): Promise<PushRecord> {
		const wire = account.callback?.type === 1 ? toLegacy(event) : event;
		const type = String(event.messageType);
		if (!wire) {
			return this.skip(account, formatExact({ ...event }), type, 'not in the legacy format');
		}
		return await this.pushRaw(account, formatExact({ ...wire }), String(wire.messageType));
	}

	/** Pushes a body as it stands. */
	async pushRaw(account: DeveloperAccount, body: string, messageType = 'raw'): Promise<PushRecord> {
		this.lastBody = { account, body, messageType };
		return await this.send(account, body, messageType);
	}

	/** Pushes the last body again, byte for byte; undefined when nothing was pushed yet. */
	async repeat(): Promise<PushRecord | undefined> {
		const last = this.lastBody;
		return last && (await this.send(last.account, last.body, last.messageType));
	}

	/** Forgets what was pushed. */
	clear(): void {
		this.log.clear();
		this.lastBody = undefined;
	}

	/** Ends pushes that are under way. */
	stop(): void {
		this.stopping.abort();
	}

	private async send(
		account: DeveloperAccount,
		body: string,
		messageType: string,
	): Promise<PushRecord> {
		const { callback } = account;
		if (!callback) return this.skip(account, body, messageType, 'no callback address');
		if (Date.now() < account.pausedUntilMs) return this.skip(account, body, messageType, 'paused');
		const record = this.note(account, body, messageType);
		const outcome = await this.post(callback.url, body);
		Object.assign(record, outcome, { ms: Date.now() - record.timeMs });
		// A registration made meanwhile ends the rest; a late failure of the old address must not undo it.
		if (!record.delivered && account.callback === callback) {
			account.pausedUntilMs = Date.now() + this.options.pauseAfterFailureMs;
		}
		return record;
	}

	private async post(url: string, body: string): Promise<Partial<PushRecord>> {
		const limit = this.options.pushTimeoutMs;
		try {
			const response = await axios.post<string>(url, body, {
				headers: { 'Content-Type': 'application/json;charset=UTF-8' },
				responseType: 'text',
				transformRequest: [(data: string) => data],
				transformResponse: [(data: string) => data],
				validateStatus: () => true,
				maxRedirects: 0,
				proxy: false,
				timeout: limit,
				signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(limit)]),
			});
			const delivered = response.status === 200;
			return {
				delivered,
				status: response.status,
				answer: response.data,
				reason: delivered ? undefined : `HTTP ${String(response.status)}`,
			};
		} catch (error) {
			return { status: 0, reason: error instanceof Error ? error.message : String(error) };
		}
	}

	private note(account: DeveloperAccount, body: string, messageType: string): PushRecord {
		return this.log.add({
			number: ++this.count,
			account: account.account,
			url: account.callback?.url ?? null,
			messageType,
			body,
			timeMs: Date.now(),
			delivered: false,
			status: 0,
			answer: '',
			ms: 0,
			reason: undefined,
		});
	}

	private skip(
		account: DeveloperAccount,
		body: string,
		messageType: string,
		reason: string,
	): PushRecord {
		return Object.assign(this.note(account, body, messageType), { reason });
	}
}
