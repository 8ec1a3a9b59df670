/** What is known of Eyun's pushes to a trigger since somebody last asked. */
export interface PushSummary {
	/** Some were accepted. */
	accepted: boolean;
	/** One was answered with a failure, after which Eyun pushes nothing for ten minutes. */
	failed: boolean;
}

/** Eyun's pushes to one trigger, as this process has answered them. */
export class Pushes {
	private summary: PushSummary = { accepted: false, failed: false };

	private listener: (() => void) | undefined;

	/** Notes how a push ended; the first failure since the last `take` calls the listener. */
	note(end: keyof PushSummary): void {
		const isFirst = !this.summary[end];
		this.summary[end] = true;
		if (isFirst && end === 'failed') this.listener?.();
	}

	/** What was noted since the last call. */
	take(): PushSummary {
		const { summary } = this;
		this.summary = { accepted: false, failed: false };
		return summary;
	}

	/**
	 * Calls `listener` at the first failed push since the last `take`.
	 *
	 * @returns how to stop that
	 */
	onFailed(listener: () => void): () => void {
		this.listener = listener;
		return () => {
			if (this.listener === listener) this.listener = undefined;
		};
	}
}
