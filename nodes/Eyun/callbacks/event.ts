import { chatInputOf } from './conversation/chatInput';
import { KnownNames } from './conversation/knownNames';
import type { EventKey } from './eventKey';
import { eventKeyOf } from './eventKey';
import { eventTypeOf } from './events';
import type { TriggerOutput } from './output';
import { contentOf, toOutput } from './output';
import type { Callback, Malformed } from './parse';
import { parseCallback } from './parse';

/** One event, read from a callback. What only a wanted event is worth is read when it is asked for. */
export class ReceivedEvent {
	private eventKey: EventKey | undefined;

	/**
	 * @param callback a checked callback
	 * @param output what the trigger outputs for it; its `content` is null
	 */
	constructor(
		private readonly callback: Callback,
		readonly output: TriggerOutput = toOutput(callback),
	) {}

	/** The message type, in the codes of the optimised format. */
	get code(): string {
		return this.callback.code;
	}

	/** What makes it the same event as another one. */
	get key(): EventKey {
		this.eventKey ??= eventKeyOf(this.output);
		return this.eventKey;
	}

	/**
	 * The whole output, with what the message says and who says it.
	 *
	 * @param names what is known of names; it learns those that the event tells
	 * @param sessionPerMember whether each member of a group has a session of their own
	 */
	complete(names = new KnownNames(), sessionPerMember = false): TriggerOutput {
		const { output, callback } = this;
		const { chatType, senderId, sessionId } = output;
		const content = contentOf(callback);
		const { title, event = output.event } = eventTypeOf(callback.code) ?? {};
		const isOwn = sessionPerMember && chatType === 'group' && senderId !== null;
		const whole: TriggerOutput = {
			...output,
			chatInput: chatInputOf({ ...output, event, title, content }),
			sessionId: isOwn ? `${sessionId}:${senderId}` : sessionId,
			content,
		};
		names.fillIn(whole);
		return whole;
	}

	/** The same callback as another event, which is no duplicate of this one. */
	as(event: string): ReceivedEvent {
		return new ReceivedEvent(this.callback, { ...this.output, event });
	}
}

/**
 * Reads the body of a push.
 *
 * @param body the raw bytes; undefined when there are none
 * @returns the event, or why the body is none; never throws
 */
export function readEvent(body: Buffer | undefined): ReceivedEvent | Malformed {
	const callback = parseCallback(body);
	return 'malformed' in callback ? callback : new ReceivedEvent(callback);
}
