/** Parts of a long command that its caller picks by name. */

/**
 * The parts named on the command line, in the order of `all`; all of them when none is named.
 *
 * @throws Error for a name that is none, with those that there are
 */
export function chosenNames<Name extends string>(
	given: readonly string[],
	all: readonly Name[],
): Name[] {
	const unknown = given.find((name) => !all.some((one) => one === name));
	if (unknown !== undefined) {
		throw new Error(`There is no part "${unknown}". There are ${all.join(', ')}`);
	}
	return all.filter((name) => given.length === 0 || given.includes(name));
}
