import { createHash } from 'node:crypto';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
} from 'n8n-workflow';

/**
 * n8n's `processed_data` table in memory, with the same weakness as n8n's own
 * `deduplication-helper.js` (2.41.1): it reads a row, thinks, and overwrites it, without a lock.
 */
export class DedupStore implements IDataDeduplicator {
	/** Hashes by workflow and node, oldest first. */
	readonly rows = new Map<string, string[]>();

	/** How often it was asked. */
	calls = 0;

	/** The same by workflow: what earlier tests left running asks, too. */
	readonly callsOf = new Map<string, number>();

	/** When set, every call fails with it. */
	failure: Error | undefined;

	/** How long a read and a write take, in event loop turns. */
	turns = 3;

	/** And in milliseconds. */
	takesMs = 0;

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		_scope: DeduplicationScope,
		{ workflow, node }: ICheckProcessedContextData,
		{ maxEntries }: ICheckProcessedOptions,
	) {
		this.calls += 1;
		this.callsOf.set(String(workflow.id), (this.callsOf.get(String(workflow.id)) ?? 0) + 1);
		if (this.failure) throw this.failure;
		const row = `${workflow.id}/n:${String(node?.id)}`;
		const stored = this.rows.get(row);
		const data = [...(stored ?? [])];
		await this.wait();
		const known = new Set(data);
		const hashes = items.map((item) => createHash('md5').update(String(item)).digest('base64'));
		const isKnown = (index: number) => known.has(hashes[index]);
		data.push(...hashes.filter((_, index) => !isKnown(index)));
		if (maxEntries) data.splice(0, data.length - maxEntries);
		if (!stored && this.rows.has(row)) throw new Error('QueryFailedError: duplicate key');
		this.rows.set(row, data);
		await this.wait();
		return {
			new: items.filter((_, index) => !isKnown(index)),
			processed: items.filter((_, index) => isKnown(index)),
		};
	}

	async removeProcessed() {}

	async clearAllProcessedItems() {
		this.rows.clear();
	}

	async getProcessedDataCount() {
		return [...this.rows.values()].flat().length;
	}

	private async wait() {
		if (this.takesMs > 0) await new Promise((resolve) => setTimeout(resolve, this.takesMs));
		for (let turn = 0; turn < this.turns; turn++) {
			await new Promise((resolve) => setImmediate(resolve));
		}
	}
}
