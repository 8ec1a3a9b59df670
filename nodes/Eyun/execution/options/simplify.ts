import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Kept } from '../../catalogue/tool/types';
import { isRecord } from '../../common/records';
import { isEmpty } from '../values/toWire';
import { callOptions } from './callOptions';
import { SIMPLIFY } from '../../description/parameters';

/** Entities of XML that stand in the texts people write. */
const ENTITIES: Readonly<Record<string, string>> = {
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
	'&apos;': "'",
	'&amp;': '&',
};

/**
 * Makes answers short, where the user wants it, or the tool of a model, which wants it by default.
 *
 * @param context n8n's functions of the running node
 * @param kept what is left of an item; undefined for operations whose answers are short as they are
 * @param items the output for one input item
 * @param itemIndex the input item, counted from 0
 * @returns items with the kept members that hold something, or the given ones
 */
export function simplified(
	context: IExecuteFunctions,
	kept: Kept | undefined,
	items: INodeExecutionData[],
	itemIndex: number,
): INodeExecutionData[] {
	if (kept === undefined || !isWanted(context, itemIndex)) return items;
	return items.map((item) => ({ ...item, json: keptIn(item.json, kept) }));
}

/** The answer as it is, and a page as it is, are what was asked for instead. */
function isWanted(context: IExecuteFunctions, itemIndex: number): boolean {
	if (context.getNodeParameter(SIMPLIFY, itemIndex, false) !== true) return false;
	const { fullResponse, singlePage } = callOptions(context, itemIndex);
	return !fullResponse && !singlePage;
}

function keptIn(record: Record<string, unknown>, kept: Kept): IDataObject {
	const entries = Object.entries(kept)
		.map(([name, rule]) => [name, reduced(record[name], rule)] as const)
		.filter(([, value]) => !isEmpty(value));
	return Object.fromEntries(entries) as IDataObject;
}

function reduced(value: unknown, rule: Kept[string]): unknown {
	if (rule === true) return value;
	if ('element' in rule)
		return typeof value === 'string' ? textIn(value, String(rule.element)) : value;
	const { members } = rule as { members: Kept };
	if (Array.isArray(value)) return value.map((entry) => reduced(entry, rule));
	if (!isRecord(value)) return value;
	const kept = keptIn(value, members);
	return Object.keys(kept).length === 0 ? undefined : kept;
}

/** The text of the first element of a name: no more of the XML is wanted, so that it needs no parser. */
function textIn(xml: string, element: string): string {
	const start = xml.indexOf(`<${element}>`);
	const end = xml.indexOf(`</${element}>`, start);
	if (start === -1 || end === -1) return '';
	const inner = xml.slice(start + element.length + 2, end).trim();
	const plain = /^<!\[CDATA\[([\s\S]*)\]\]>$/.exec(inner)?.[1];
	return plain ?? inner.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity]);
}
