/** Everything one running simulator consists of; handlers and the control interface work on it. */
import { eventData, isGroupEvent, isMessage, isText, type Scene } from './events.cts';
import { Faults } from './faults.cts';
import { Holds } from './holds.cts';
import { numberText, type JsonObject } from './json.cts';
import { RequestLog, type PushRecord } from './log.cts';
import { Media } from './media.cts';
import type { Modes, SimulatorOptions } from './options.cts';
import { Pusher, type CallbackEvent } from './pusher.cts';
import { defaultWorld } from './seed.cts';
import { Changes, Timers } from './timers.cts';
import type { World } from './world.cts';
import type { DeveloperAccount, Hosted } from './world-types.cts';

export class Simulation {
	world: World;
	modes: Modes;
	readonly requests = new RequestLog();
	readonly faults = new Faults();
	readonly media = new Media();
	readonly timers = new Timers();
	/** Announced whenever a login or a job moves on. */
	readonly changes = new Changes(this.timers);
	readonly holds = new Holds(this.changes);
	readonly pusher: Pusher;

	constructor(readonly options: SimulatorOptions) {
		this.world = this.freshWorld();
		this.modes = this.startModes();
		this.pusher = new Pusher(options);
	}

	/** Puts the world back to its start and forgets faults and logs. Callback addresses are gone too. */
	reset(): void {
		this.world = this.freshWorld();
		this.modes = this.startModes();
		this.requests.clear();
		this.faults.clear();
		this.holds.drop();
		this.media.requests.clear();
		this.pusher.clear();
	}

	/** Ends timers, waits and pushes. */
	stop(): void {
		this.holds.drop();
		this.changes.stop();
		this.timers.stop();
		this.pusher.stop();
	}

	/** The developer account a hosted WeChat belongs to. */
	accountOf(me: Hosted): DeveloperAccount {
		const account = this.world.accounts.get(me.account);
		if (!account) throw new Error(`Hosted ${me.wcId} belongs to no account`);
		return account;
	}

	/**
	 * Pushes an event of a hosted account. Takes the code of 优化版 and the fields that differ from
	 * the usual ones (`scene` says who and where); remembers messages, so that later calls may name them.
	 */
	async pushEvent(
		me: Hosted,
		code: string,
		data: JsonObject = {},
		scene: Partial<Scene> = {},
	): Promise<{ record: PushRecord; data: JsonObject }> {
		const wId = this.world.onlineInstance(me.wcId)?.wId ?? this.lastInstance(me);
		const fromUser = scene.fromUser ?? me.wcId;
		const nickName = this.world.nickName(fromUser);
		const full = {
			...eventData(code, { wId, toUser: me.wcId, nickName, ...scene, fromUser }),
			...(isText(code) && typeof data.content === 'string' && !scene.self
				? { pushContent: `${nickName} : ${data.content}` }
				: {}),
			...data,
		};
		this.remember(me, code, full);
		const event: CallbackEvent = {
			account: me.account,
			wcId: me.wcId,
			messageType: code,
			data: full,
		};
		return { record: await this.pusher.push(this.accountOf(me), event), data: full };
	}

	/** Pushes an event without waiting for the receiver, as the vendor does after an API call. */
	emitEvent(me: Hosted, code: string, data: JsonObject = {}, scene: Partial<Scene> = {}): void {
		void this.pushEvent(me, code, data, scene);
	}

	private remember(me: Hosted, code: string, data: JsonObject): void {
		const newMsgId = numberText(data.newMsgId);
		if (!isMessage(code) || newMsgId === undefined || !/^\d+$/.test(newMsgId)) return;
		this.world.received.set(BigInt(newMsgId), {
			newMsgId: BigInt(newMsgId),
			msgId: Number(numberText(data.msgId) ?? 0),
			wcId: me.wcId,
			chat: String(isGroupEvent(code) ? data.fromGroup : data.fromUser),
			messageType: code,
		});
	}

	private lastInstance(me: Hosted): string {
		const all = [...this.world.instances.values()].filter((entry) => entry.wcId === me.wcId);
		return all.at(-1)?.wId ?? '';
	}

	private startModes(): Modes {
		return { token: this.options.token, refusals: this.options.refusals };
	}

	private freshWorld(): World {
		const world = defaultWorld();
		this.options.seed?.(world);
		return world;
	}
}
