/** What this process knows of the vendor's pushes to a trigger since somebody last asked. */
export interface Pushes {
	/** Some were taken. */
	taken: boolean;
	/** One was answered with a failure, after which the vendor rests for ten minutes (FACTS a.1). */
	failed: boolean;
}

const all = new Map<string, Pushes>();
const listeners = new Map<string, () => void>();

/**
 * Notes how a push of the vendor ended.
 *
 * @param triggerId names the trigger (`triggerIdOf`)
 */
export function notePush(triggerId: string, end: keyof Pushes): void {
	const pushes = all.get(triggerId) ?? { taken: false, failed: false };
	const isNew = !pushes[end];
	pushes[end] = true;
	all.set(triggerId, pushes);
	if (isNew && end === 'failed') listeners.get(triggerId)?.();
}

/** What was noted for a trigger since the last call. */
export function takePushes(triggerId: string): Pushes {
	const pushes = all.get(triggerId) ?? { taken: false, failed: false };
	all.delete(triggerId);
	return pushes;
}

/** Calls `listener` at the first failed push since the last `takePushes`. Returns how to end that. */
export function onPushFailed(triggerId: string, listener: () => void): () => void {
	listeners.set(triggerId, listener);
	return () => {
		if (listeners.get(triggerId) === listener) listeners.delete(triggerId);
	};
}
