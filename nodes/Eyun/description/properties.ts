import type { INodeProperties } from 'n8n-workflow';
import { SEND_AND_WAIT_OPERATION } from 'n8n-workflow';

import type { Operation, Resource } from '../catalogue/types';
import type { CompoundDescription, Compounds } from './compound';
import { withChinese } from '../common/labels/chinese';
import { dropdown } from './field';
import { propertiesOf } from './operation';
import { nodeOptions } from './options';
import { simplifyProperties } from './simplify';
import { toolDescriptions, withToolTwins } from './tool';

/** n8n's lint wants exactly this name, without Chinese behind it. */
const GET_MANY = 'Get Many';

/** Chinese in the name, because n8n's editor filters the list by it. */
function listedName(name: string, chinese: string): string {
	return name === GET_MANY ? name : withChinese(name, chinese);
}

/** Where users look an operation up in the vendor's pages; most have the page's title in their name. */
function withEndpoint({ action, chinese, description, name, path, title }: Operation): string {
	const isTitled = chinese === undefined && name !== GET_MANY;
	return `${description ?? action} (${isTitled ? '' : `${title}, `}POST ${path})`;
}

/** A resource as the editor lists it; only those of the catalogue have derived operations. */
type Listed = Pick<Resource, 'value' | 'name' | 'chinese'> & Partial<Pick<Resource, 'operations'>>;

function resourceProperty(resources: readonly Listed[]): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		...dropdown(
			resources.map(({ chinese, name, value }) => ({ name: withChinese(name, chinese), value })),
			resources[0].value,
		),
		noDataExpression: true,
	};
}

function operationProperty(
	resource: Listed,
	compounds: readonly CompoundDescription[],
): INodeProperties {
	const derived = (resource.operations ?? []).map((operation) => ({
		name: listedName(operation.name, operation.chinese ?? operation.title),
		value: operation.value,
		action: operation.action,
		description: withEndpoint(operation),
	}));
	const written = compounds.map(({ chinese, name, value, action, description }) => ({
		name: listedName(name, chinese),
		value,
		action,
		description: name === GET_MANY ? withChinese(description, chinese) : description,
	}));
	const options = [...derived, ...written];
	return {
		displayName: 'Operation',
		name: 'operation',
		...dropdown(options, options[0].value),
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
	};
}

/**
 * Most are the same object, or have other names or descriptions; only the rest is worth a full
 * comparison: n8n waits for this when it starts.
 */
function isAlike(one: INodeProperties, other: INodeProperties): boolean {
	if (one === other) return true;
	if (one.name !== other.name || one.description !== other.description) return false;
	return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * Lays the operations of one resource over each other: a property that several declare alike
 * stands there once and is shown for all of them, which keeps the description small. Every
 * operation's own order is kept.
 */
function mergedProperties({ value: resource, operations }: Resource): INodeProperties[] {
	const merged: Array<{ property: INodeProperties; shownFor: string[] }> = [];
	for (const operation of operations) {
		let last = -1;
		for (const property of propertiesOf(operation)) {
			const known = merged.findIndex(
				(entry, index) => index > last && isAlike(entry.property, property),
			);
			if (known === -1) {
				last += 1;
				merged.splice(last, 0, { property, shownFor: [operation.value] });
			} else {
				merged[known].shownFor.push(operation.value);
				last = known;
			}
		}
	}
	return merged.map(({ property, shownFor }) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { resource: [resource], operation: shownFor, ...property.displayOptions?.show },
		},
	}));
}

function compoundProperties(
	resource: Listed,
	compounds: readonly CompoundDescription[],
): INodeProperties[] {
	return compounds.flatMap(({ value, properties, simplified, tool }) =>
		withToolTwins(
			[...properties, ...(simplified === undefined ? [] : simplifyProperties)],
			tool,
		).map((property) => ({
			...property,
			displayOptions: {
				...property.displayOptions,
				show: { resource: [resource.value], operation: [value], ...property.displayOptions?.show },
			},
		})),
	);
}

/**
 * Derives the action node's whole parameter list.
 *
 * @param catalogue all resources
 * @param compounds the operations that are not in the catalogue
 * @returns resource, operations, fields with their display rules, and the node's own options
 */
export function toProperties(
	catalogue: readonly Resource[],
	compounds: Compounds,
): INodeProperties[] {
	const resources: Listed[] = [...catalogue, ...compounds.resources];
	const compoundsOf = ({ value }: Listed) =>
		compounds.operations.filter(({ resource }) => resource === value);
	return [
		resourceProperty(resources),
		...resources.map((resource) => operationProperty(resource, compoundsOf(resource))),
		...resources.flatMap((resource) =>
			toolDescriptions(resource.value, [
				...(resource.operations ?? []),
				...compoundsOf(resource).filter(({ value }) => value !== SEND_AND_WAIT_OPERATION),
			]),
		),
		...catalogue.flatMap(mergedProperties),
		...resources.flatMap((resource) => compoundProperties(resource, compoundsOf(resource))),
		nodeOptions(
			resources.map((resource) => ({
				...resource,
				others: compoundsOf(resource),
			})),
		),
	];
}
