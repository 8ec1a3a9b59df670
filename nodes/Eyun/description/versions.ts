import type { INodeProperties } from 'n8n-workflow';

import type { Field, Several } from '../catalogue/types';
import { INSTANCE_ID_MODES } from '../common/wechatIds';
import { withChinese } from '../common/labels/chinese';
import { chineseLabel } from './chineseLabels';
import { toProperty } from './field';
import { accountAsBefore } from './picker';
import { severalFrom } from './several';

/**
 * The versions of the node, the latest for new nodes. A stored node keeps its version, and with it the
 * parameters that it was made with: n8n's editor would delete or not show what it does not find.
 */
export const NODE_VERSIONS = [1, 1.1, 1.2];

/** Several people and labels are ticked in lists; before, they were a text with commas. */
const LISTS_SINCE = 1.1;

/** The account begins in its list. Before, it began as an instance ID, in a mode that the editor names "By ID". */
const ACCOUNT_SINCE = 1.2;

/** Where a page begins is asked only of those who want single pages. */
const PAGES_SINCE = 1.2;

function shownFrom(since: number, property: INodeProperties): INodeProperties {
	return inVersions((version) => version >= since, property);
}

function shownBefore(since: number, property: INodeProperties): INodeProperties {
	return inVersions((version) => version < since, property);
}

function inVersions(applies: (version: number) => boolean, property: INodeProperties) {
	const { displayOptions } = property;
	const show = { ...displayOptions?.show, '@version': NODE_VERSIONS.filter(applies) };
	return { ...property, displayOptions: { ...displayOptions, show } };
}

function severalFor(field: Field, asText: INodeProperties, several: Several): INodeProperties[] {
	const description = withChinese(several.description, chineseLabel(field.label));
	const list = severalFrom(field.name, { ...several, description });
	return [
		shownBefore(LISTS_SINCE, asText),
		shownFrom(LISTS_SINCE, { ...list, ...(asText.required ? { required: true } : {}) }),
	];
}

/** What was derived of each field: most operations share some, and n8n waits for all of it when it starts. */
const derived = new WeakMap<Field, INodeProperties[]>();

/**
 * Derives the properties of one field: one, or one for each kind of node version.
 *
 * @param field a field of the catalogue
 * @param instanceId what an account's field holds at first, where it is to be an instance ID
 * @returns for the same field the same properties, which are not to be changed
 */
export function toPropertyForVersions(field: Field, instanceId?: string): INodeProperties[] {
	if (instanceId !== undefined) return propertiesOfField(field, instanceId);
	const properties = derived.get(field) ?? propertiesOfField(field);
	derived.set(field, properties);
	return properties;
}

function propertiesOfField(field: Field, instanceId?: string): INodeProperties[] {
	const property = toProperty(field);
	const { several } = field;
	if (several !== undefined) return severalFor(field, property, several);
	if (field.picker !== 'account') return [property];
	const starting = ([mode, shape]: [string, INodeProperties]): INodeProperties =>
		instanceId === undefined ? shape : { ...shape, default: { mode, value: instanceId } };
	return [
		shownBefore(
			ACCOUNT_SINCE,
			starting([INSTANCE_ID_MODES.before, { ...property, ...accountAsBefore(field) }]),
		),
		shownFrom(ACCOUNT_SINCE, starting([INSTANCE_ID_MODES.now, property])),
	];
}

/**
 * The properties of a field that says where a page begins, which nobody needs who wants the whole list.
 *
 * @param field a field of the catalogue
 */
export function pageStartForVersions(field: Field): INodeProperties[] {
	const property = toProperty(field);
	const single = { '/options.singlePage': [true] };
	const full = { '/options.fullResponse': [true] };
	return [
		shownBefore(PAGES_SINCE, property),
		shownFrom(PAGES_SINCE, { ...property, displayOptions: { show: single } }),
		shownFrom(PAGES_SINCE, { ...property, displayOptions: { show: full, hide: single } }),
	];
}
