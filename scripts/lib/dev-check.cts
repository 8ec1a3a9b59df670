/** What `npm run dev -- --check` changes. */

export interface OtherDescription {
	/** The changed source. */
	source: string;
	/** The description that it had, and the one that it has now. */
	before: string;
	after: string;
}

/**
 * Gives a node another description, different at each call.
 *
 * @param source of a node, with `description: '...'` in it
 * @throws Error when it has no description
 */
export function withOtherDescription(source: string): OtherDescription {
	const found = /\bdescription: '([^'\\]+)'/.exec(source);
	if (!found) throw new Error('The source has no description');
	const [text, before] = found;
	const after = `${before} (changed at ${new Date().toISOString()})`;
	return { source: source.replace(text, () => text.replace(before, () => after)), before, after };
}
