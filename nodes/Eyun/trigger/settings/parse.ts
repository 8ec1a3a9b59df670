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
	DEFAULT_REMEMBERED,
	DEFAULT_WATCHDOG_MINUTES,
	MAX_REMEMBERED,
	MAX_WATCHDOG_MINUTES,
} from './properties';
import type { TextPattern } from './textFilter';
import { readPattern } from './textFilter';

/** The node's parameters, read and ready for use. */
export interface TriggerSettings {
	/** Values of the Events list. */
	events: string[];
	/** Whether the node registers the address. */
	automatic: boolean;
	/** Whether the node replaces another receiver of the callbacks. */
	takesOver: boolean;
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
	onlyMentioned: boolean;
	receivingAccounts: string[];
	/** How many messages are remembered to recognize duplicates; 0 lets duplicates through. */
	rememberedMessages: number;
	senders: string[];
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
	const textMatches = text(options.textMatches);
	return {
		events: Array.isArray(events) ? events.map(String) : [],
		automatic: read('callbackManagement', 'automatic') !== 'manual',
		takesOver: read('onConflict', 'stop') === 'takeOver',
		manualSecret: text(read('manualSecret', '')),
		allowedAddresses: readAllowedAddresses(text(options.allowedSenders)),
		respondsImmediately: options.answerWhen === 'received',
		...removedOptions(options),
		downloadMedia: options.downloadMedia === true,
		groups: listOf(options.groups),
		includeOwnMessages: options.includeOwnMessages === true,
		maximumAge: within(options.maximumAge, 0, 0, Infinity),
		onlyMentioned: options.onlyMentioned === true,
		receivingAccounts: listOf(options.receivingAccounts),
		rememberedMessages: within(options.rememberedMessages, DEFAULT_REMEMBERED, 0, MAX_REMEMBERED),
		senders: listOf(options.senders),
		textContains: listOf(options.textContains),
		textMatches: textMatches === '' ? undefined : readPattern(textMatches),
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
	chats,
}: Record<string, unknown>): Pick<TriggerSettings, 'chats' | 'response'> {
	return {
		chats: chats === 'private' || chats === 'group' ? chats : 'both',
		response: answerBody === undefined ? ACCEPTED : jsonOrText(text(answerBody)),
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
