import { isINodePropertyOptionsList, type INodePropertyOptions } from 'n8n-workflow';

import { alphabetical } from '../../nodes/Eyun/common/labels/alphabet.ts';
import { Eyun } from '../../nodes/Eyun/Eyun.node.ts';
import { EVENT_OPTIONS } from '../../nodes/Eyun/trigger/settings/eventChoices.ts';

/** n8n's lint sorts by `localeCompare`; it looks at lists of five and more. */

const sorted = (names: string[]) => [...names].sort((a, b) => a.localeCompare(b, 'en'));
const namesOf = (options: INodePropertyOptions[]) => options.map(({ name }) => name);

it('sorts the events as n8n does', () => {
	expect(namesOf(EVENT_OPTIONS)).toEqual(sorted(namesOf(EVENT_OPTIONS)));
});

it('sorts operations and fields as n8n does', () => {
	const { properties } = new Eyun().description;
	const lists = properties.flatMap(({ options = [] }) =>
		isINodePropertyOptionsList(options)
			? [namesOf(options)]
			: [(options as Array<{ displayName: string }>).map(({ displayName }) => displayName)],
	);
	const long = lists.filter((names) => names.length >= 5);
	expect(long.length).toBeGreaterThan(10);
	for (const names of long) expect(names).toEqual(sorted(names));
});

it('leaves the list as it is, and equal names in their order', () => {
	const items = [{ name: 'b' }, { name: 'A', first: true }, { name: 'a' }];
	expect(alphabetical(items, ({ name }) => name)).toEqual([items[1], items[2], items[0]]);
	expect(items[0].name).toBe('b');
});
