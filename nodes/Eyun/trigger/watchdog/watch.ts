import type { CronExpression, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { reasonOf } from '../../common/errors';
import { startThrough } from '../execution/start';
import { readSettings } from '../settings/parse';
import { onPushFailed } from '../state/pushes';
import { triggerIdOf } from '../state/triggerId';
import { AccountWatch } from './accountWatch';
import { AddressWatch } from './addressWatch';

type Watch = AccountWatch | AddressWatch;

/** How long an activation waits for the first look, in milliseconds. */
const FIRST_LOOK_MS = 5_000;

/** After a failed push: how long whatever made it fail gets to pass, in milliseconds. */
const RESUME_AFTER_MS = 10_000;

/**
 * Begins with the activation of a trigger and ends with its deactivation, on n8n's leading process:
 * lets the messages of this process start executions, and looks at the vendor every few minutes.
 * Nothing that goes wrong in here stops the trigger.
 */
export async function watch(context: ITriggerFunctions): Promise<ITriggerResponse> {
	if (context.getMode() === 'manual') return {};
	const settings = readSettings(context);
	const triggerId = triggerIdOf(context);
	const stopStarting = startThrough(triggerId, context.emit.bind(context));
	if (settings.watchdogMinutes === 0) return { closeFunction: async () => stopStarting() };

	const closing = new AbortController();
	const accounts = new AccountWatch(context, settings, closing.signal);
	const address = new AddressWatch(context, settings, closing.signal);
	let turn: Promise<void> = Promise.resolve();
	/** One after another, so that what one look repairs another does not repair again. */
	const inTurn = async (watch: Watch, look: () => Promise<void>) => {
		turn = turn.then(async () => {
			if (!closing.signal.aborted) await guarded(context, watch, look);
		});
		await turn;
	};
	const stopListening = onPushFailed(triggerId, () => {
		void sleep(RESUME_AFTER_MS).then(
			async () => await inTurn(address, async () => await address.look()),
		);
	});
	await Promise.race([inTurn(accounts, async () => await accounts.begin()), sleep(FIRST_LOOK_MS)]);
	context.helpers.registerCron(
		{ expression: everyMinutes(settings.watchdogMinutes, triggerId) },
		async () => {
			await inTurn(accounts, async () => await accounts.look());
			await inTurn(address, async () => await address.look());
		},
	);
	return {
		closeFunction: async () => {
			closing.abort();
			stopStarting();
			stopListening();
			accounts.end();
		},
	};
}

/** Told once in a row, so that a vendor that is away for a night does not fill the log. */
const failing = new WeakSet<Watch>();

async function guarded(
	context: ITriggerFunctions,
	watch: Watch,
	look: () => Promise<void>,
): Promise<void> {
	try {
		await look();
		failing.delete(watch);
	} catch (error) {
		if (failing.has(watch)) return;
		failing.add(watch);
		context.logger.warn(
			`Eyun WeChat Trigger: the watchdog could not look after ${watch.what}. The trigger goes on, and it looks again`,
			{ reason: reasonOf(error) },
		);
	}
}

/** Each trigger at a second of its own, so that many of them do not ask the vendor all at once. */
function everyMinutes(minutes: number, triggerId: string): CronExpression {
	const second = createHash('sha256').update(triggerId).digest()[0] % 60;
	return minutes < 60 ? `${second} */${minutes} * * * *` : `${second} 0 * * * *`;
}
