/** Pages whose cursor is an opaque text that the vendor answers and gets back. */
import { VendorFailure } from './envelope.cts';

/** Entries on a page of the Channels lists. Assumed, vendor undocumented. */
const PAGE = 10;

/** A cursor names the kind of list and how many entries have been shown. */
function cursor(kind: string, shown: number): string {
	return Buffer.from(`${kind}:${String(shown)}`).toString('base64');
}

/**
 * One page of a list. Takes the list, its kind and the cursor of the request ('' on the first page).
 * Gives back the entries, the cursor of the next page and whether there is one. Throws VendorFailure
 * for a cursor that this list never answered.
 */
export function pageOf<Entry>(
	all: Entry[],
	kind: string,
	given: string,
): { entries: Entry[]; next: string; more: boolean } {
	let start = 0;
	if (given !== '') {
		const match = /^(\w+):(\d+)$/.exec(Buffer.from(given, 'base64').toString());
		if (match?.[1] !== kind) throw new VendorFailure(`分页参数无效: ${given}`);
		start = Number(match[2]);
	}
	const entries = all.slice(start, start + PAGE);
	const shown = start + entries.length;
	return { entries, next: cursor(kind, shown), more: shown < all.length };
}
