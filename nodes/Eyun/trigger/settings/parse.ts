import type {
	IExecuteFunctions,
	IHookFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { voiceFormatOf, type VoiceFormat } from '../../voice/voiceFormat';
import type { AllowedAddresses } from './allowedAddresses';
import { readAllowedAddresses } from './allowedAddresses';
import {
	DEFAULT_LONGEST_WAIT,
	DEFAULT_PAUSE_MINUTES,
	DEFAULT_SILENCE,
	LONGEST_PAUSE_MINUTES,
	LONGEST_SILENCE,
	LONGEST_WAIT,
} from './conversationOptions';
import {
	DEFAULT_REMEMBERED,
	DEFAULT_WATCHDOG_MINUTES,
	MAX_REMEMBERED,
	MAX_WATCHDOG_MINUTES,
} from './properties';
import type { TextPattern } from './textFilter';
import { readPattern } from './textFilter';

/** Times in milliseconds. */
export interface MergeSettings {
	/** Without a message, after which those before are passed on. */
	silenceMs: number;
	/** From the first message, after which they are passed on in any case. */
	longestMs: number;
}

/** What the owner of an account does by writing in a chat from the phone. */
export interface TakeoverSettings {
	/** How long the chat starts nothing after each message of the owner; 0 for words only. */
	pauseMs: number;
	/** A message of one of these words pauses the chat until it is resumed. */
	pauseWords: string[];
	resumeWords: string[];
}

/** The node's parameters, read and ready for use. */
export interface TriggerSettings {
	/** Values of Trigger On. */
	events: string[];
	/** Whether the node registers the address. */
	automatic: boolean;
	/** Whether the node replaces another receiver of the callbacks. */
	takesOver: boolean;
	/** Whether the node hands callbacks on to another receiver that was there before. */
	shares: boolean;
	/** The secret of an address that the user registers. */
	manualSecret: string;
	allowedAddresses: AllowedAddresses;
	/** Whether Eyun gets its answer before n8n has stored the execution. */
	respondsImmediately: boolean;
	/** What Eyun gets for an accepted callback: any JSON value, or text. */
	response: unknown;
	chats: 'both' | 'private' | 'group';
	downloadMedia: boolean;
	groups: string[];
	includeOwnMessages: boolean;
	/** Seconds; 0 for any age. */
	maximumAge: number;
	/** Names that no push has told are asked for. */
	lookUpNames: boolean;
	onlyMentioned: boolean;
	/** A mention of everybody counts as one of the account. */
	allMentions: boolean;
	receivingAccounts: string[];
	/** How messages in quick succession are merged; undefined for not at all. */
	merge: MergeSettings | undefined;
	/** What happens when the owner writes in a chat; undefined for nothing. */
	takeover: TakeoverSettings | undefined;
	/** What waits while an execution is being stored goes into the next one together. */
	severalEvents: boolean;
	/** How many messages are remembered to recognize duplicates; 0 lets duplicates through. */
	rememberedMessages: number;
	senders: string[];
	/** Each member of a group has a session of their own. */
	sessionPerMember: boolean;
	textContains: string[];
	/** Undefined for any text. */
	textMatches: TextPattern | undefined;
	/** What to make of the voices that are downloaded. */
	voiceFormat: VoiceFormat;
	/** 0 switches the watchdog off. */
	watchdogMinutes: number;
}

/** Every n8n context in which the trigger reads its parameters. */
export type TriggerContext =
	IExecuteFunctions | IHookFunctions | ITriggerFunctions | IWebhookFunctions;

/** Eyun's documents show this answer; that it wants another one has not been seen. */
const ACCEPTED = { code: '1000', message: 'ok' };

/** Without evaluation and checks by n8n, which could throw: a callback must not fail for a stale choice. */
const AS_STORED = { rawExpressions: true };

/**
 * Reads the node's parameters. A promise, because what reads patterns is loaded when there is one.
 *
 * @param context a running trigger
 */
export async function readSettings(context: TriggerContext): Promise<TriggerSettings> {
	const read = (name: string, fallback: unknown): unknown =>
		'getInputData' in context
			? context.getNodeParameter(name, 0, fallback, AS_STORED)
			: context.getNodeParameter(name, fallback, AS_STORED);
	const events = read('events', ['*']);
	const options = read('options', {}) as Record<string, unknown>;
	const textMatches = text(options.textMatches);
	return {
		events: Array.isArray(events) ? events.map(String) : [],
		automatic: read('callbackManagement', 'automatic') !== 'manual',
		takesOver: read('onConflict', 'stop') === 'takeOver',
		shares: read('onConflict', 'stop') === 'share',
		manualSecret: text(read('manualSecret', '')),
		allowedAddresses: readAllowedAddresses(text(options.allowedSenders)),
		...removedOptions(options),
		downloadMedia: options.downloadMedia === true,
		groups: listOf(options.groups),
		includeOwnMessages: options.includeOwnMessages === true,
		maximumAge: within(options.maximumAge, 0, 0, Infinity),
		lookUpNames: options.lookUpNames === true,
		onlyMentioned: options.onlyMentioned === true,
		allMentions: options.allMentions !== false,
		receivingAccounts: listOf(options.receivingAccounts),
		merge: mergeIn(options.merge),
		takeover: takeoverIn(options.takeover),
		severalEvents: options.severalEvents === true,
		rememberedMessages: within(options.rememberedMessages, DEFAULT_REMEMBERED, 0, MAX_REMEMBERED),
		senders: listOf(options.senders),
		sessionPerMember: options.session === 'member',
		textContains: listOf(options.textContains),
		textMatches: textMatches === '' ? undefined : await readPattern(textMatches),
		voiceFormat: voiceFormatOf(options.voiceFormat),
		watchdogMinutes: within(
			options.watchdogMinutes,
			DEFAULT_WATCHDOG_MINUTES,
			0,
			MAX_WATCHDOG_MINUTES,
		),
	};
}

/** Options that version 0.1 offered. Workflows that have them are to go on as before. */
function removedOptions({
	answerBody,
	answerWhen,
	chats,
}: Record<string, unknown>): Pick<TriggerSettings, 'chats' | 'response' | 'respondsImmediately'> {
	return {
		respondsImmediately: answerWhen === 'received',
		chats: chats === 'private' || chats === 'group' ? chats : 'both',
		response: answerBody === undefined ? ACCEPTED : jsonOrText(text(answerBody)),
	};
}

/** The fields of a fixed collection; undefined where it was not added. */
function valuesIn(collection: unknown): Record<string, unknown> | undefined {
	const { values } = (collection ?? {}) as { values?: Record<string, unknown> };
	return values;
}

function mergeIn(collection: unknown): MergeSettings | undefined {
	const values = valuesIn(collection);
	if (values === undefined) return undefined;
	const silence = within(values.silence, DEFAULT_SILENCE, 1, LONGEST_SILENCE);
	return {
		silenceMs: silence * 1_000,
		longestMs: within(values.longest, DEFAULT_LONGEST_WAIT, silence, LONGEST_WAIT) * 1_000,
	};
}

function takeoverIn(collection: unknown): TakeoverSettings | undefined {
	const values = valuesIn(collection);
	if (values === undefined) return undefined;
	return {
		pauseMs: within(values.minutes, DEFAULT_PAUSE_MINUTES, 0, LONGEST_PAUSE_MINUTES) * 60_000,
		pauseWords: listOf(values.pauseWords),
		resumeWords: listOf(values.resumeWords),
	};
}

function jsonOrText(body: string): unknown {
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return body;
	}
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
