interface Entry<T> {
	value: T;
	/** On the process's steady clock, in milliseconds. */
	until: number;
}

/** A bounded memory of keys: the oldest goes when it is full. Exact within one process. */
export class RecentKeys<T> {
	private readonly entries = new Map<string, Entry<T>>();

	/** How many keys are kept at the moment, those whose time is over included. */
	get size(): number {
		return this.entries.size;
	}

	/**
	 * What was noted for a key, if it is still remembered.
	 *
	 * @param key any text
	 */
	get(key: string): T | undefined {
		const entry = this.entries.get(key);
		if (entry === undefined) return undefined;
		if (entry.until > performance.now()) return entry.value;
		this.entries.delete(key);
		return undefined;
	}

	/**
	 * Notes a key as the newest.
	 *
	 * @param key any text
	 * @param value what to note
	 * @param limit how many keys to keep
	 * @param lifeMs how long it counts; for ever (until pushed out) when left out
	 */
	set(key: string, value: T, limit: number, lifeMs = Infinity): void {
		this.entries.delete(key);
		this.entries.set(key, { value, until: performance.now() + lifeMs });
		for (const oldest of this.entries.keys()) {
			if (this.entries.size <= limit) return;
			this.entries.delete(oldest);
		}
	}

	/** Forgets a key. */
	delete(key: string): void {
		this.entries.delete(key);
	}

	/** Forgets all keys. */
	clear(): void {
		this.entries.clear();
	}
}
