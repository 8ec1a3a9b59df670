/** Which options and paging fields the editor shows for which operation. */
import type {
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { catalogue } from '../../nodes/Eyun/catalogue';
import type { Operation } from '../../nodes/Eyun/catalogue/types';
import { compounds } from '../../nodes/Eyun/compound/description';
import { toProperty } from '../../nodes/Eyun/description/field';
import { Eyun } from '../../nodes/Eyun/Eyun.node';

const { description } = new Eyun();
const options = description.properties.find(({ name }) => name === 'options')!;
const behaviour = options.options as INodeProperties[];
const [pause] = behaviour.find(({ name }) => name === 'pause')!
	.options as INodePropertyCollection[];

const operations: Array<{
	where: string;
	root: INodeParameters;
	operation?: Operation;
	ignores: readonly string[];
}> = [
	...catalogue.flatMap(({ value: resource, operations: all }) =>
		all.map((operation) => ({
			where: `${resource} ${operation.value}`,
			root: { resource, operation: operation.value },
			operation,
			ignores: [],
		})),
	),
	...compounds.operations.map(({ resource, value, ignores = [] }) => ({
		where: `${resource} ${value}`,
		root: { resource, operation: value },
		ignores,
	})),
];

/** The properties of a list that the editor shows, given the values around them. */
function shown(properties: INodeProperties[], root: INodeParameters, values = root) {
	const node = { typeVersion: 1 } as INode;
	return properties.filter((property) =>
		NodeHelpers.displayParameter(values, property, node, description, root),
	);
}

const names = (properties: INodeProperties[]) => properties.map(({ name }) => name);

describe.each(operations)('$where', ({ root, operation, ignores }) => {
	it("offers the vendor's advice for pauses if there is one, and only one choice of pauses", () => {
		const [mode, ...others] = shown(pause.values, root, { mode: 'off' });
		expect(others).toEqual([]);
		const offered = (mode.options as Array<{ value: string }>).map(({ value }) => value);
		expect(offered).toEqual(operation?.pause ? ['off', 'range', 'advice'] : ['off', 'range']);
		expect(names(shown(pause.values, root, { mode: 'range' }))).toEqual(['mode', 'min', 'max']);
	});

	it('offers Return All, Limit and Single Page if it is paged', () => {
		// Operations that are more than one call have lists of their own, and no pages of the vendor's.
		if (operation === undefined) return;
		const wanted = operation.paging ? ['returnAll', 'limit'] : [];
		const paging = (values: INodeParameters) =>
			names(shown(description.properties, values)).filter((name) =>
				['returnAll', 'limit'].includes(name),
			);
		expect(paging({ ...root, returnAll: false, options: {} })).toEqual(wanted);
		expect(paging({ ...root, returnAll: true, options: {} })).toEqual(wanted.slice(0, 1));
		expect(paging({ ...root, returnAll: false, options: { singlePage: true } })).toEqual([]);
		expect(paging({ ...root, returnAll: false, options: { fullResponse: true } })).toEqual([]);
		const single = names(shown(behaviour, root, {})).filter((name) => name === 'singlePage');
		expect(single).toHaveLength(operation.paging ? 1 : 0);
	});

	it('offers Full Response and Timeout once, unless they make no difference', () => {
		const offered = names(shown(behaviour, root, {})).filter((name) =>
			['fullResponse', 'timeout'].includes(name),
		);
		expect(offered).toEqual(['fullResponse', 'timeout'].filter((name) => !ignores.includes(name)));
	});
});

it('has operations of more than one call that offer Full Response, and some that do not', () => {
	const offering = compounds.operations
		.filter(({ ignores }) => !ignores?.includes('fullResponse'))
		.map(({ value }) => value);
	expect(offering).toEqual(['reply', 'forward', 'mentionMembers', 'logInWithQrCode', 'request']);
	const root = { resource: 'login', operation: 'waitForLogin' };
	expect(names(shown(behaviour, root, {}))).toEqual(['concurrency', 'pause']);
});

const numbersToGive = catalogue.flatMap(({ operations: all }) =>
	all.flatMap(({ fields }) =>
		fields.filter(
			({ choices, default: initial, durationOf, type }) =>
				type === 'int' && initial === undefined && !choices && !durationOf,
		),
	),
);

it.each(numbersToGive)('$label begins empty, as n8n marks only texts as missing', (field) => {
	const { default: initial, required, type } = toProperty(field);
	expect({ initial, type }).toEqual({ initial: '', type: 'string' });
	expect(required === true).toBe(field.optional !== true);
});

it('has no number that passes unseen', () => {
	const labels = new Set(numbersToGive.map(({ label }) => label));
	expect(labels).toEqual(
		new Set([
			'Source',
			'Sign',
			'Favorite ID',
			'Comment ID',
			'Width (Pixels)',
			'Height (Pixels)',
			'Duration (Seconds)',
			'Size (Bytes)',
			'File Size (Bytes)',
		]),
	);
});
