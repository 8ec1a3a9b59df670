import type {
	IExecuteFunctions,
	IHookFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import {
	DEFAULT_ANSWER,
	DEFAULT_REMEMBERED,
	DEFAULT_WATCHDOG_MINUTES,
	MAX_REMEMBERED,
	MAX_WATCHDOG_MINUTES,
} from './properties';

/** The node's parameters, read. */
export interface TriggerSettings {
	/** Values of the Events list. */
	events: string[];
	/** Whether the address is registered by the node. */
	automatic: boolean;
	/** Whether another receiver of the callbacks is to be replaced. */
	takesOver: boolean;
	/** The secret of an address that the user registers. */
	manualSecret: string;
	/** Addresses and ranges, as typed; '' for all. */
	allowedSenders: string;
	/** What the vendor is answered: any JSON value, or text. */
	answer: unknown;
	/** Whether it is answered before n8n has stored the execution. */
	answersAtOnce: boolean;
	chats: 'both' | 'private' | 'group';
	downloadMedia: boolean;
	groups: string[];
	includeOwnMessages: boolean;
	/** Seconds; 0 for any age. */
	maximumAge: number;
	onlyMentioned: boolean;
	receivingAccounts: string[];
	/** How many messages are remembered to recognise repeats; 0 lets repeats through. */
	rememberedMessages: number;
	senders: string[];
	textContains: string[];
	/** A regular expression; '' for none. */
	textMatches: string;
	/** 0 switches the watchdog off. */
	watchdogMinutes: number;
}

/** Every n8n context in which the trigger reads its parameters. */
export type TriggerContext =
	IExecuteFunctions | IHookFunctions | ITriggerFunctions | IWebhookFunctions;

const ACCEPTED: unknown = JSON.parse(DEFAULT_ANSWER);

/** Without evaluation and checks by n8n, which could throw: a callback must not fail for a stale choice. */
const AS_STORED = { rawExpressions: true };

/**
 * Reads the node's parameters.
 *
 * @param context a running trigger
 */
export function readSettings(context: TriggerContext): TriggerSettings {
	const read = (name: string, fallback: unknown): unknown =>
		'getInputData' in context
			? context.getNodeParameter(name, 0, fallback, AS_STORED)
			: context.getNodeParameter(name, fallback, AS_STORED);
	const events = read('events', ['*']);
	const options = read('options', {}) as Record<string, unknown>;
	const { chats } = options;
	return {
		events: Array.isArray(events) ? events.map(String) : [],
		automatic: read('callbackManagement', 'automatic') !== 'manual',
		takesOver: read('onConflict', 'stop') === 'takeOver',
		manualSecret: text(read('manualSecret', '')),
		allowedSenders: text(options.allowedSenders),
		answer: answerOf(options.answerBody),
		answersAtOnce: options.answerWhen === 'received',
		chats: chats === 'private' || chats === 'group' ? chats : 'both',
		downloadMedia: options.downloadMedia === true,
		groups: listOf(options.groups),
		includeOwnMessages: options.includeOwnMessages === true,
		maximumAge: within(options.maximumAge, 0, 0, Infinity),
		onlyMentioned: options.onlyMentioned === true,
		receivingAccounts: listOf(options.receivingAccounts),
		rememberedMessages: within(options.rememberedMessages, DEFAULT_REMEMBERED, 0, MAX_REMEMBERED),
		senders: listOf(options.senders),
		textContains: listOf(options.textContains),
		textMatches: text(options.textMatches),
		watchdogMinutes: within(
			options.watchdogMinutes,
			DEFAULT_WATCHDOG_MINUTES,
			0,
			MAX_WATCHDOG_MINUTES,
		),
	};
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

/** One field each in the editor; text with commas where a workflow was written by hand. */
function listOf(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : text(value).split(/[,，\n]/);
	return entries.map(text).filter((entry) => entry !== '');
}

function within(value: unknown, fallback: number, least: number, most: number): number {
	const number = Number(value ?? fallback);
	return Number.isFinite(number) ? Math.min(Math.max(Math.floor(number), least), most) : fallback;
}

function answerOf(value: unknown): unknown {
	if (value === undefined || value === DEFAULT_ANSWER) return ACCEPTED;
	const body = text(value);
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return body;
	}
}
