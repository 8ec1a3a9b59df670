import type { CronExpression, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import type { TriggerOutput } from '../../callbacks/output';
import { reasonOf } from '../../common/errors';
import { forgetCredentials } from '../../transport/credentials';
import { startFromTrigger } from '../execution/start';
import { startedByMessages } from '../execution/startedByMessages';
import { takeUpQuestions } from '../questions/keep';
import type { TriggerSettings } from '../settings/parse';
import { readSettings } from '../settings/parse';
import { copyOfKept, staticDataOf } from '../state/staticData';
import type { TriggerState } from '../state/triggerState';
import { AccountWatch } from './accountWatch';
import { AddressWatch } from './addressWatch';
import type { Watched } from './watched';

type Watch = AccountWatch | AddressWatch;

/** How long an activation waits for the first check, in milliseconds. */
const FIRST_CHECK_MS = 5_000;

/** How long a deactivation waits for what is on its way into n8n's database, in milliseconds. */
const LAST_STARTS_MS = 5_000;

/** How long n8n may take to get to the webhook of a workflow that is deactivated, in milliseconds. */
const UNREGISTERING_MS = 1_000;

/** After a failed push: how long whatever made it fail gets to pass, in milliseconds. */
const RESUME_AFTER_MS = 10_000;

/**
 * Begins with the activation of a trigger and ends with its deactivation, on n8n's leading process:
 * lets the messages of this process start executions, and checks Eyun every few minutes. Nothing
 * that goes wrong in here stops the trigger.
 *
 * @param context n8n's functions of the active trigger
 * @param state of the trigger, which is freed when nothing needs it any more
 */
export async function watch(
	context: ITriggerFunctions,
	state: TriggerState,
): Promise<ITriggerResponse> {
	if (context.getMode() === 'manual') return {};
	const settings = await readSettings(context);
	const stopStarting = state.starts.useEmit(context.emit);
	// Before this process counts as the one that knows best.
	takeUpQuestions(context, state);
	const stopStoring = state.durable.use(staticDataOf(context));
	takeUp(context, state, settings);
	const close =
		settings.watchdogMinutes === 0 ? undefined : await beginChecks(context, state, settings);
	return {
		closeFunction: async () => {
			close?.();
			state.bursts.passOnAll();
			await startLeft(context, state, settings);
			await Promise.race([state.starts.idle(), sleep(LAST_STARTS_MS)]);
			stopStoring();
			stopStarting();
			state.shared.free(state);
		},
	};
}

/** Goes on with what was known when n8n stopped: paused chats, and messages that waited to be merged. */
function takeUp(context: ITriggerFunctions, state: TriggerState, settings: TriggerSettings): void {
	state.paused.restore(copyOfKept(context, 'paused'));
	state.durable.note((data) => state.bursts.addTo(data));
	const held = Object.values(copyOfKept(context, 'held') ?? {});
	// Others wait in this process: the workflow was only saved. The same person may have written again.
	const left = held.filter((messages) => !state.bursts.hasAll(messages));
	startAll(context, state, settings, left);
}

/** Starts an execution for the messages of each burst. */
function startAll(
	context: ITriggerFunctions,
	state: TriggerState,
	{ rememberedMessages }: TriggerSettings,
	bursts: TriggerOutput[][],
): void {
	for (const messages of bursts) {
		const started = startedByMessages(messages, rememberedMessages === 0);
		const endHold = state.bursts.hold(messages);
		void startFromTrigger(context, state, started).then(() => {
			endHold();
			state.durable.note((data) => void (data.held = state.bursts.stored));
		});
	}
}

/** Starts what processes that only serve webhooks hold, when this workflow is deactivated. */
async function startLeft(
	context: ITriggerFunctions,
	state: TriggerState,
	settings: TriggerSettings,
): Promise<void> {
	// What this process has served itself, it passes on itself.
	const isElsewhere = settings.merge !== undefined && state.ownUrl === undefined;
	const left = await state.bursts.takeLeft(isElsewhere ? UNREGISTERING_MS : 0);
	const bursts = left.map(({ messages }) => messages);
	startAll(context, state, settings, bursts);
}

async function beginChecks(
	context: ITriggerFunctions,
	state: TriggerState,
	settings: TriggerSettings,
): Promise<() => void> {
	const closing = new AbortController();
	const watched: Watched = { context, state, settings, closed: closing.signal };
	const accounts = new AccountWatch(watched);
	const address = new AddressWatch(watched);
	const inTurn = oneAfterAnother(watched);
	const stopListening = state.pushes.onFailed(() => {
		void sleep(RESUME_AFTER_MS).then(
			async () => await inTurn(address, async () => await address.check()),
		);
	});
	await Promise.race([inTurn(accounts, async () => await accounts.begin()), sleep(FIRST_CHECK_MS)]);
	context.helpers.registerCron(
		{ expression: everyMinutes(settings.watchdogMinutes, state.id) },
		async () => {
			await inTurn(accounts, async () => await accounts.check());
			await inTurn(address, async () => await address.check());
		},
	);
	return () => {
		closing.abort();
		stopListening();
		state.accounts.clear();
	};
}

/** Runs checks one after another, so that what one repairs another does not repair again. */
function oneAfterAnother({ context, closed }: Watched) {
	/** Logged once in a row, so that an Eyun that is away for a night does not fill the log. */
	const failing = new Set<Watch>();
	const guarded = async (watch: Watch, check: () => Promise<void>) => {
		try {
			// Somebody may have edited it; one check must not mix two accounts.
			forgetCredentials(context);
			await check();
			failing.delete(watch);
		} catch (error) {
			if (failing.has(watch)) return;
			failing.add(watch);
			context.logger.warn(
				`Eyun WeChat Trigger: the watchdog could not check ${watch.what}. The trigger goes on, and the watchdog checks again`,
				{ reason: reasonOf(error) },
			);
		}
	};
	let turn: Promise<void> = Promise.resolve();
	return async (watch: Watch, check: () => Promise<void>) => {
		turn = turn.then(async () => {
			if (!closed.aborted) await guarded(watch, check);
		});
		await turn;
	};
}

/** Each trigger at a second of its own, so that many of them do not ask Eyun all at once. */
function everyMinutes(minutes: number, triggerId: string): CronExpression {
	const second = createHash('sha256').update(triggerId).digest()[0] % 60;
	return minutes < 60 ? `${second} */${minutes} * * * *` : `${second} 0 * * * *`;
}
