import type { TriggerOutput } from '../../callbacks/output';

/** So many messages are merged at most. */
const MOST_MESSAGES = 50;

/** Messages of one person in one chat that are waiting for more. */
export interface Burst {
	readonly messages: TriggerOutput[];
	/** Changes with each message, so that an earlier wait knows that it is over. */
	version: number;
	/** Passed on, or dropped. */
	isOver: boolean;
	/** Resolves then. */
	readonly over: Promise<void>;
	/** Passes it on now. */
	passOn(): void;
	end(): void;
}

/** The messages of one trigger that wait to be merged. */
export class Bursts {
	private readonly all = new Map<string, Burst>();

	/** Passed on, and not stored by n8n yet: still to be kept. */
	private readonly leaving = new Map<string, Burst>();

	private passedOn = 0;

	/**
	 * Adds a message.
	 *
	 * @param key person and chat
	 * @param message what the trigger would output for it
	 * @param passOn called for a burst that begins, once: to pass it on
	 */
	add(key: string, message: TriggerOutput, passOn: (burst: Burst) => void): Burst {
		const burst = this.all.get(key) ?? this.begin(key, passOn);
		burst.messages.push(message);
		burst.version++;
		return burst;
	}

	/** Whether a burst takes no more messages. */
	isFull({ messages }: Burst): boolean {
		return messages.length >= MOST_MESSAGES;
	}

	/** The burst of a person in a chat. */
	of(key: string): Burst | undefined {
		return this.all.get(key);
	}

	/** Drops what waits in a chat: the owner has answered. */
	drop(chatKey: string): void {
		for (const [key, burst] of this.all) {
			if (!key.startsWith(`${chatKey}|`)) continue;
			this.all.delete(key);
			burst.end();
		}
	}

	/** Passes on all that waits. */
	passOnAll(): void {
		for (const burst of [...this.all.values()]) burst.passOn();
	}

	/** What is to be stored: the messages of each burst. */
	get stored(): Record<string, TriggerOutput[]> {
		const kept = [...this.leaving, ...this.all];
		return Object.fromEntries(kept.map(([key, { messages }]) => [key, [...messages]]));
	}

	private begin(key: string, passOn: (burst: Burst) => void): Burst {
		let resolve = () => {};
		const over = new Promise<void>((end) => {
			resolve = end;
		});
		const burst: Burst = {
			messages: [],
			version: 0,
			isOver: false,
			over,
			end: () => {
				burst.isOver = true;
				for (const [name, left] of this.leaving) if (left === burst) this.leaving.delete(name);
				resolve();
			},
			passOn: () => {
				if (burst.isOver) return;
				this.all.delete(key);
				// Under another name: the same person may write again meanwhile.
				this.leaving.set(`${key}#${++this.passedOn}`, burst);
				burst.isOver = true;
				passOn(burst);
			},
		};
		this.all.set(key, burst);
		return burst;
	}
}
