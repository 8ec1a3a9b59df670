import type { IDataObject } from 'n8n-workflow';

import type { XmlElement } from '../../../libraries/xml';

/** What a reader reads: the content of one message, and what the vendor put beside it. */
export interface Message {
	/** The last part of the event's name, such as "image"; empty for a message inside another. */
	event: string;
	/** The message is quoted by another. */
	quoted: boolean;
	/** The account that received it. */
	self: string | null;
	/** The root of the content's XML. */
	root?: XmlElement;
	/** The content where it is plain words. */
	words?: string;
	/** What the vendor sent; never changed. */
	data: Readonly<Record<string, unknown>>;
}

/**
 * Reads one kind of message. Every kind always has the same fields, `null` without a value.
 *
 * @returns undefined when the message is not of that kind after all
 */
export type Reader = (message: Message) => IDataObject | undefined;
