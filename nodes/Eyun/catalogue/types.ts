import type { Kept, ToolUse } from './tool/types';

/** The shape of the catalogue: what the vendor offers, as data. Everything else is derived from it. */

/**
 * What a field's value is on the wire.
 * - `string`: text, sent as it is
 * - `int`: a JSON number without fraction
 * - `boolean`: a JSON boolean
 * - `int64`: a 64-bit integer, text in n8n and bare digits on the wire (vendor's long and bigint)
 * - `list`: several values in one text, joined by `separator`
 * - `array`: a JSON array of texts
 * - `object`: nested members, declared in `fields`
 * - `cursor`: a value the vendor gave in its last answer, sent back unchanged; null at first
 */
export type FieldType =
	'string' | 'int' | 'boolean' | 'int64' | 'list' | 'array' | 'object' | 'cursor';

/** What a text must look like, checked before it is sent. */
export type FieldFormat =
	/** An id without spaces around it. */
	| 'id'
	/** A group id, ending in @chatroom. */
	| 'group'
	/** An http or https address the vendor downloads from. */
	| 'url'
	/** A file as `data:<mime>;base64,<payload>`; plain base64 is completed. */
	| 'dataUri';

export interface Choice {
	name: string;
	value: string | number;
	description?: string;
}

/**
 * What users may choose an id from instead of typing it in; n8n finds the function that fills a list by its
 * name.
 * - `account`: the own WeChat accounts that are online; by WeChat ID it is resolved at each call
 * - `chat`: whoever can be written to; `contact`: friends; `group`: saved groups
 * - `member`: the members of the group in `chatRoomId` or `wcId`
 * - `label`: the account's labels; `weCom`: WeCom contacts
 */
export const PICKERS = ['account', 'chat', 'contact', 'group', 'member', 'label', 'weCom'] as const;

export type Picker = (typeof PICKERS)[number];

/** The lists in which several entries can be ticked: friends, members of the group, labels. */
export const TICK_LISTS = ['members', 'contacts', 'labels'] as const;

export type TickList = (typeof TICK_LISTS)[number];

/** A list in the editor in which several entries can be ticked: friends, members of the group, labels. */
export interface Several {
	list: TickList;
	/** The label in the editor, which n8n's style wants to end in "Names or IDs". */
	label: string;
	/** What is special about the choice; the field's own description where it is left out. */
	description?: string;
}

/** What a field takes that users may fill with a file of the item instead of an address. */
export interface Media {
	kind: 'image' | 'video' | 'voice' | 'file';
	/** The largest file the vendor takes. */
	maxBytes?: number;
	/** The only MIME types the vendor takes, where it names some. */
	types?: readonly string[];
}

/** One request parameter. */
export interface Field {
	/** The vendor's name, which is the n8n parameter's name too. */
	name: string;
	/** The label in the editor, in Title Case. */
	label: string;
	/** Units, limits and where the value comes from, for the editor; may be empty where the label says it all. */
	description?: string;
	type: FieldType;
	/** Not required by the vendor: stands in Additional Fields and is left out when empty. */
	optional?: true;
	/** The vendor wants the parameter even when there is no value yet: "" or 0 or null is sent then. */
	sendEmpty?: true;
	/** An optional text that goes out as "" when it was added and left empty, as in the vendor's example. */
	keepEmpty?: true;
	/** The optional field whose presence makes a required text go out as "" when it is empty. */
	emptyWith?: string;
	default?: string | number | boolean;
	/** All allowed values by name. */
	choices?: readonly Choice[];
	format?: FieldFormat;
	/** The list in the editor that the id can be chosen from. */
	picker?: Picker;
	/** The list in the editor that several ids can be chosen from, since version 1.1 of the node. */
	several?: Several;
	/** The vendor takes a file here: by `url`, or in the request itself as `dataUri`. */
	media?: Media;
	/** The field whose file tells the length in milliseconds when none is given here. */
	durationOf?: string;
	/** What stands between the values of a `list`. */
	separator?: ',' | ';';
	/** How many values a `list` or `array` may have. */
	maxItems?: number;
	/** Smallest and largest `int`. */
	min?: number;
	max?: number;
	/** Height of the text box in lines. */
	rows?: number;
	placeholder?: string;
	/** Never shown: not in the editor, errors or logs. */
	secret?: true;
	/** A second name under which the same value is sent, where the vendor's table and example differ. */
	alsoSentAs?: string;
	/** Members of an `object`. */
	fields?: readonly Field[];
}

/** Where the value comes from with which a request field leads to the next page. */
export type NextValue =
	/** A member of the answer's `data`; without it there is no next page, unless the last value is kept. */
	| { answer: string; kept?: true }
	/** A member of the page's last element. */
	| { lastElement: string }
	/** The value sent for this page, plus a number. */
	| { plus: number };

/** How the vendor hands out a long list a page at a time. */
export interface Paging {
	/** Members of the answer's `data` that hold the elements; of several, one after the other. */
	elements: readonly string[];
	/** The request fields that say where a page starts. */
	next: Readonly<Record<string, NextValue>>;
	/** The member of `data` that is 1 while there are more pages and 0 at the end, where there is one. */
	moreFlag?: string;
}

/** How the requests of several input items share one call. */
export interface BatchShape {
	/** The field with the ids; its `maxItems` says how many one call takes. */
	field: string;
	/** Members of an answer that may hold the id it was asked for by, the surest first. */
	answerNames: readonly string[];
}

/** One endpoint as users see it in n8n. */
export interface Operation {
	/** The value of n8n's `operation` parameter, unique within the resource. */
	value: string;
	/** The name in the operation list, in Title Case. */
	name: string;
	/** What it does, in sentence case: the entry in the node panel and the AI tool's description. */
	action: string;
	/** One sentence, where `action` does not say it all; the endpoint is added to it. */
	description?: string;
	/** The vendor's path, with leading slash; it names the endpoint in spec/endpoints.json. */
	path: string;
	/** What the vendor's pages call it, in Chinese, so that users find it again. */
	title: string;
	/** What users call it in Chinese, where they would look for another word than `title`. */
	chinese?: string;
	/** It changes nothing at the vendor, so it may be asked again. Anything else is never repeated. */
	reads?: true;
	/**
	 * It puts something of the account before other people: a message, a post, a comment, a like, a
	 * request, an invitation. The limits for sending in the credential count it.
	 */
	sends?: true;
	/** What it is asked about is gone afterwards; as in n8n's own nodes, the output says so. */
	deletes?: true;
	fields: readonly Field[];
	/** Seconds to wait for the answer, where the vendor is slow. */
	timeout?: number;
	/** The one endpoint that takes no token. */
	anonymous?: true;
	/** A code besides "1000" that is no failure, and the member that marks such an answer in the output. */
	alsoSuccess?: { code: string; mark: string };
	/** The answer is a page of a list. */
	paging?: Paging;
	/** One call serves several input items. */
	batch?: BatchShape;
	/** Milliseconds, chosen at random, that the vendor wants between two calls. */
	pause?: { min: number; max: number };
	/** The answer's `data` when the account is not online, where that is an answer and no failure. */
	whenOffline?: Record<string, unknown>;
	/** The member of the answer's `data` that is a picture: a web address, or base64. */
	picture?: string;
	/** Members of the answer that hold secrets and are blanked out in the output. */
	secretAnswers?: readonly string[];
	/** What is left of each item with Simplify, where the answer has more than about ten members. */
	simplified?: Kept;
	/** What it is as a tool of an AI agent; without it, it makes none. */
	tool?: ToolUse;
}

/** One vendor module as users see it in n8n. */
export interface Resource {
	/** The value of n8n's `resource` parameter. */
	value: string;
	/** The name in the resource list. */
	name: string;
	/** What users call it in Chinese. */
	chinese: string;
	operations: readonly Operation[];
}
