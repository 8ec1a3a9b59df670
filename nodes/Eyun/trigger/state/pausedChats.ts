/** Until when a chat starts nothing, and when the owner said so; Unix time in milliseconds. */
export interface Pause {
	/** FOR_EVER until the owner resumes the chat. */
	until: number;
	/** The time of the owner's latest message. */
	at: number;
}

/** A number, because static data is JSON. */
export const FOR_EVER = Number.MAX_SAFE_INTEGER;

const MOST_CHATS = 2_000;

/** The chats in which the owner writes. */
export class PausedChats {
	private pauses = new Map<string, Pause>();

	/** Takes up what was known before n8n stopped. */
	restore(stored: Record<string, Pause> = {}): void {
		for (const [key, pause] of Object.entries(stored)) {
			if (!this.pauses.has(key)) this.pauses.set(key, pause);
		}
	}

	/** Whether a chat starts nothing now. */
	has(key: string): boolean {
		return (this.pauses.get(key)?.until ?? 0) > Date.now();
	}

	/**
	 * Notes what the owner wants of a chat.
	 *
	 * @returns false when a later message of the owner has said otherwise already
	 */
	set(key: string, pause: Pause): boolean {
		if ((this.pauses.get(key)?.at ?? -Infinity) > pause.at) return false;
		this.pauses.delete(key);
		this.pauses.set(key, pause);
		const now = Date.now();
		for (const [old, { until, at: said }] of this.pauses) {
			// Kept for a while when it is over, so that a late older message changes nothing, and other
			// processes learn of it.
			if (Math.max(until, said) < now - 86_400_000 || this.pauses.size > MOST_CHATS)
				this.pauses.delete(old);
		}
		return true;
	}

	/** What is to be stored. */
	get stored(): Record<string, Pause> {
		return Object.fromEntries(this.pauses);
	}
}
