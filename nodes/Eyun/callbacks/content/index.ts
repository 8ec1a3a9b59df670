import type { IDataObject } from 'n8n-workflow';

import { isGroupId } from '../../common/wechatIds';
import { offline } from './kinds/system';
import { readBeside, readWords, readXml } from './readers';
import { field } from './xml/fields';
import { withoutIdLines } from './xml/idLines';
import type { Message } from './xml/message';
import { parseContent } from './xml/parse';

/** A message somebody typed is never taken for XML. */
const TYPED = 'text';

const TAGS = /<[^<>]{0,2000}>/g;

/** A message as it was pushed. */
export interface PushedMessage {
	/** The last part of its event's name, such as "image"; '' for a type that is in no table. */
	event: string;
	/** The WeChat account that received it. */
	wcId?: string;
	/** All that was pushed for it; never changed. */
	data: Readonly<Record<string, unknown>>;
}

/**
 * Reads what a message says: WeChat's XML, a notice in plain words, or the fields beside it.
 * docs/content.md lists the kinds and their fields.
 *
 * @param pushed the message
 * @returns the message as an object whose `type` is the last part of its event's name; the vendor's
 *   text untouched when it is of no known kind; null when there is none. Never throws
 */
export function readContent(pushed: PushedMessage): IDataObject | string | null {
	const { data } = pushed;
	const content = typeof data.content === 'string' && data.content !== '' ? data.content : null;
	try {
		return read(pushed, content) ?? content;
	} catch {
		// No message may keep an event from its workflow.
		return content;
	}
}

function read(pushed: PushedMessage, content: string | null): IDataObject | undefined {
	const { event, data } = pushed;
	if (event === TYPED) return undefined;
	const message: Message = { event, quoted: false, self: selfIn(pushed), data };
	if (event === 'offline') return offline({ ...message, words: content ?? undefined });
	if (content === null) return readBeside(message);
	const root = parseContent(content);
	const known = root && readXml({ ...message, root });
	if (known !== undefined) return known;
	const words = withoutIdLines(content, () => true).rest.trim();
	const broken = words.startsWith('<');
	if (broken) return event === 'friendRequest' ? readBeside(message) : undefined;
	return words === ''
		? undefined
		: readWords({ ...message, words: words.replace(TAGS, '').trim() });
}

function selfIn({ wcId, data }: PushedMessage): string | null {
	const receiver = wcId ?? field(data, 'toUser');
	return receiver === null || isGroupId(receiver) ? null : receiver;
}
