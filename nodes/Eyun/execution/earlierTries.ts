import type { IExecuteFunctions } from 'n8n-workflow';

import { mayBeDone, rewrapFailure } from '../transport/failure';
import { ItemMemory, nameOfRun } from './itemMemory';
import type { ItemOutcome, Unit } from './pacing/unit';

/**
 * With the node's setting Retry On Fail, n8n runs the whole node again when one item failed: the
 * items that succeeded, and the one of which nobody knows. What came of each.
 */
const outcomesByItem = new ItemMemory<ItemOutcome>();

/** What became of the items in earlier tries of the same run of a node. */
export class EarlierTries {
	private readonly run: string | undefined;

	/**
	 * @param context n8n's functions of the running node
	 * @param reads whether the operation changes nothing, so that it may run as often as n8n likes
	 */
	constructor(
		private readonly context: IExecuteFunctions,
		reads: boolean,
	) {
		this.run = reads ? undefined : nameOfRun(context);
	}

	/**
	 * Gives what an earlier try has brought, where the item is not to be done again; else does it.
	 *
	 * @param unit the items that are worked on together
	 * @param work does it
	 * @returns an outcome for each item, or none where it was not to start any more
	 */
	async or(unit: Unit, work: (unit: Unit) => Promise<ItemOutcome[]>): Promise<ItemOutcome[]> {
		const known = unit.items.map((itemIndex) => this.known(itemIndex));
		if (known.every((outcome) => outcome !== undefined)) return known;
		const outcomes = await work(unit);
		outcomes.forEach((outcome, place) => this.note(unit.items[place], outcome));
		return outcomes;
	}

	private known(itemIndex: number): ItemOutcome | undefined {
		if (this.run === undefined) return undefined;
		const outcome = outcomesByItem.get(this.context, this.run, itemIndex);
		if (outcome === undefined || 'items' in outcome) return outcome;
		const error = rewrapFailure(this.context.getNode(), outcome.error, ({ message }) => ({
			message: `Not done again: ${message}`,
			advice:
				'An earlier try may have reached Eyun, so that doing it again could do it twice. Check in WeChat. Switch off Retry On Fail in the settings of the node: what may be tried again safely, the node tries again by itself',
		}));
		return { error };
	}

	private note(itemIndex: number, outcome: ItemOutcome): void {
		if (this.run === undefined) return;
		if ('error' in outcome && !mayBeDone(outcome.error)) return;
		outcomesByItem.set(this.context, this.run, itemIndex, outcome);
	}
}
