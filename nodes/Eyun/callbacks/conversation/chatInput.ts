import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../common/records';
import type { Mentions } from './mention';
import { withoutMention } from './mention';

/** An event, as far as it matters for what was said. */
export interface Said extends Mentions {
	/** The name of the event, such as "message.image". */
	event: string;
	/** What the event is called in Trigger On, such as "Private Message: Image". */
	title: string | undefined;
	text: string | null;
	/** As `readContent` gave it. */
	content: IDataObject | string | null;
}

/** So much of a chat record goes into a prompt. */
const MOST_LINES = 50;
const LONGEST_LINE = 500;

type Content = IDataObject;

/** What is worth telling of each kind of content, behind its name. */
const DETAILS: Record<string, (content: Content) => unknown[]> = {
	article: ({ accountName, articles }) => [
		accountName,
		...list(articles).flatMap(({ title, url }) => [title, url]),
	],
	card: ({ nickName }) => [nickName],
	channelsVideo: ({ nickName, description }) => [nickName, description],
	chatRecord: ({ title, items }) => [title, ...recordLines(items)],
	emoji: ({ description }) => [description],
	file: ({ name }) => [name],
	fileReceived: ({ name }) => [name],
	friendRequest: ({ nickName, text }) => [nickName, text],
	groupInvite: ({ groupName, title }) => [groupName ?? title],
	image: () => [],
	link: ({ title, url }) => [title, url],
	location: ({ name, label }) => [name, label],
	miniProgram: ({ title, displayName }) => [title, displayName],
	music: ({ title, singer, url }) => [title, singer, url],
	offline: ({ reason }) => [reason],
	redPacket: ({ wishing }) => [wishing],
	transfer: ({ amount, memo }) => [amount, memo],
	video: ({ durationSeconds }) => [seconds(durationSeconds)],
	voice: ({ durationMs }) => [seconds(typeof durationMs === 'number' ? durationMs / 1_000 : null)],
};

/** Kinds of which all that counts stands in brackets: "[Voice 3 s]". */
const INSIDE = ['video', 'voice'];

/**
 * What was said, in words for an AI model or a rule: the text without the mention of the account, or
 * what stands in for it, such as "[Image]" or "[Link] title url".
 *
 * @param said the event
 * @returns never empty
 */
export function chatInputOf(said: Said): string {
	const { event, content, text } = said;
	if (isRecord(content) && content.type === 'quote') return quote(said, content);
	if (event === 'message.text' && text !== null && text.trim() !== '') {
		return withoutMention(text, said);
	}
	const name = nameOf(said);
	const kind = isRecord(content) ? String(content.type) : '';
	const details = isRecord(content) ? (DETAILS[kind] ?? usual)(content) : [text];
	const told = details.filter(isTold).join(' ');
	if (told === '') return `[${name}]`;
	return INSIDE.includes(kind) ? `[${name} ${told}]` : `[${name}] ${told}`;
}

/** The words it answers come first, as in a mail. */
function quote(said: Said, { text, quoted }: Content): string {
	const own = withoutMention(String(text ?? said.text ?? '').trim(), said);
	if (!isRecord(quoted)) return own || `[${nameOf(said)}]`;
	const { senderName, text: words, kind } = quoted;
	const what = isTold(words) ? String(words) : `[${String(kind)}]`;
	const line = isTold(senderName) ? `${String(senderName)}: ${what}` : what;
	return `> ${line.replace(/\s*\n\s*/g, '\n> ')}\n${own}`.trim();
}

function usual({ text, title, description, url }: Content): unknown[] {
	return [isTold(text) ? text : title, isTold(text) ? null : description, url];
}

/** "Image" of "Private Message: Image". */
function nameOf({ title, event }: Said): string {
	return title?.split(': ').at(-1) ?? event;
}

function recordLines(items: unknown): string[] {
	return list(items)
		.slice(0, MOST_LINES)
		.map(({ senderName, text, title, type }) => {
			const words = [text, title].find(isTold) ?? `[${String(type)}]`;
			return `\n${isTold(senderName) ? `${String(senderName)}: ` : ''}${String(words).slice(0, LONGEST_LINE)}`;
		});
}

function list(value: unknown): Content[] {
	return Array.isArray(value) ? value.filter(isRecord).map((entry) => entry as Content) : [];
}

function seconds(value: unknown): string | null {
	return typeof value === 'number' && value > 0 ? `${Math.max(1, Math.round(value))} s` : null;
}

function isTold(value: unknown): boolean {
	return (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';
}
