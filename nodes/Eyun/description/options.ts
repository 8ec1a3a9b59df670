import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../catalogue/types';
import type { CompoundDescription } from './compound';
import { LONGEST_PAUSE, MOST_AT_ONCE, PICTURE_FIELD, READS_AT_ONCE } from './parameters';

/** Resources with those of their operations that come from the catalogue, and those that do not. */
export interface Listing {
	value: string;
	operations?: readonly Operation[];
	/** Its other operations. */
	others: ReadonlyArray<Pick<CompoundDescription, 'value' | 'ignores'>>;
}

/** A property for some operations, once for each resource that has any: values repeat among resources. */
function shownFor(
	listings: readonly Listing[],
	applies: (operation: Operation) => boolean,
	property: (operations: readonly Operation[]) => INodeProperties,
): INodeProperties[] {
	return listings.flatMap(({ value, operations = [] }) => {
		const some = operations.filter(applies);
		if (some.length === 0) return [];
		const show = { '/resource': [value], '/operation': some.map((entry) => entry.value) };
		return [{ ...property(some), displayOptions: { show } }];
	});
}

const OFF = {
	name: 'Off',
	value: 'off',
	description: 'Make the next call as soon as the last answer arrives',
};
const RANGE = {
	name: 'Custom Range',
	value: 'range',
	description: 'At random between two numbers',
};

function modeProperty(advised: readonly Operation[]): INodeProperties {
	const advice = advised.map(({ name, pause }) => `${pause?.min}-${pause?.max} ms for ${name}`);
	const asked = {
		name: 'Recommended by Eyun',
		value: 'advice',
		description: `At random, ${advice.join(', ')}`,
	};
	return {
		displayName: 'Length',
		name: 'mode',
		type: 'options',
		options: advised.length === 0 ? [OFF, RANGE] : [OFF, RANGE, asked],
		default: 'off',
	};
}

/** With the vendor's advice where there is any, and without it everywhere else. */
function modeProperties(listings: readonly Listing[]): INodeProperties[] {
	const isAdvised = (operation: Operation) => operation.pause !== undefined;
	const advised = shownFor(listings, isAdvised, modeProperty);
	const mixed = listings.filter(({ operations = [] }) => operations.some(isAdvised));
	const without = (show: IDisplayOptions['show']): INodeProperties => ({
		...modeProperty([]),
		displayOptions: { show },
	});
	return [
		...advised,
		...mixed.map(({ value, operations = [], others }) => {
			const rest = operations.filter((operation) => !isAdvised(operation));
			const values = [...rest, ...others].map((entry) => entry.value);
			return without({ '/resource': [value], '/operation': values });
		}),
		without({
			'/resource': listings.filter((entry) => !mixed.includes(entry)).map(({ value }) => value),
		}),
	];
}

/** Milliseconds between two calls that nobody takes for a machine. */
const SHORT_PAUSE = { min: 1_000, max: 3_000 };

function limitOfRange(displayName: string, name: string, initial: number): INodeProperties {
	return {
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: 0, maxValue: LONGEST_PAUSE },
		default: initial,
		displayOptions: { show: { mode: [RANGE.value] } },
	};
}

function pauseProperty(listings: readonly Listing[]): INodeProperties {
	return {
		displayName: 'Pause Between Calls',
		name: 'pause',
		type: 'fixedCollection',
		// Filled in, so that adding the option is all there is to do.
		default: { values: { mode: RANGE.value, ...SHORT_PAUSE } },
		description:
			'Waits before every call except the first, because WeChat blocks accounts that send too fast. Makes one call at a time unless Concurrency is also set.',
		options: [
			{
				displayName: 'Pause',
				name: 'values',
				values: [
					...modeProperties(listings),
					limitOfRange('Range From (Milliseconds)', 'min', SHORT_PAUSE.min),
					limitOfRange('Range To (Milliseconds)', 'max', SHORT_PAUSE.max),
				],
			},
		],
	};
}

/** A property for all operations but those that ignore it. */
function shownUnlessIgnored(
	listings: readonly Listing[],
	name: 'fullResponse' | 'timeout',
	property: Omit<INodeProperties, 'name'>,
): INodeProperties[] {
	const ignoring = ({ ignores }: Listing['others'][number]) => ignores?.includes(name) === true;
	const isMixed = ({ others }: Listing) => others.some(ignoring);
	const shown = (show: IDisplayOptions['show']) => ({
		...property,
		name,
		displayOptions: { show },
	});
	return [
		shown({
			'/resource': listings.filter((one) => !isMixed(one)).map(({ value }) => value),
		}),
		...listings.filter(isMixed).map(({ value, operations = [], others }) => {
			const some = [...operations, ...others.filter((one) => !ignoring(one))];
			return shown({ '/resource': [value], '/operation': some.map((one) => one.value) });
		}),
	];
}

/**
 * How the node behaves: one collection for all operations.
 *
 * @param listings all resources with their operations
 */
export function nodeOptions(listings: readonly Listing[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Concurrency',
				name: 'concurrency',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: MOST_AT_ONCE },
				default: 1,
				description: `How many calls may run at the same time. Default ${READS_AT_ONCE} for operations that only read, otherwise 1. With more than 1, messages may arrive in another order, and WeChat blocks accounts that send too fast.`,
			},
			...shownFor(
				listings,
				({ picture }) => picture !== undefined,
				() => ({
					displayName: 'Download Picture',
					name: 'downloadPicture',
					type: 'boolean',
					default: false,
					description: `Whether to put the QR code as a picture into the binary field "${PICTURE_FIELD}" as well`,
				}),
			),
			...shownUnlessIgnored(listings, 'fullResponse', {
				displayName: 'Full Response',
				type: 'boolean',
				default: false,
				description: 'Whether to return the whole answer, with code and message, as one item',
			}),
			pauseProperty(listings),
			...shownFor(
				listings,
				({ paging }) => paging !== undefined,
				() => ({
					displayName: 'Single Page',
					name: 'singlePage',
					type: 'boolean',
					default: false,
					description:
						'Whether to return one page as Eyun sends it, with the values for the next one, as one item',
				}),
			),
			...shownUnlessIgnored(listings, 'timeout', {
				displayName: 'Timeout (Seconds)',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30,
				description:
					'How long to wait for an answer; usually 30 seconds, and up to 300 for slow operations',
			}),
		],
	};
}
